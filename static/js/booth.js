/** The booth's screen: touches in, paint out. What may happen is in booth/. */

import { onSilence } from "./booth/clock.js"
import { isLit } from "./booth/guest.js"
import { paint, turn } from "./booth/page.js"
import { Visit } from "./booth/visit.js"
import { ring } from "./tone.js"

const SILENCE = 40 // seconds without a touch before "Still there?"
const WATCH = 1000 // milliseconds between two looks at the camera
const SETTLE = 350 // milliseconds in which a new screen takes no touch: a double tap

/** The verb of each data-do, with the part that was touched. */
const VERBS = {
  again: (visit) => visit.again(),
  agree: (visit) => visit.agree(),
  back: (visit) => visit.back(),
  choose: (visit, { dataset }) => visit.choose(dataset),
  group: (visit) => visit.group(),
  here: (visit) => visit.here(),
  hide_face: (visit) => visit.hideFace(),
  keep: (visit) => visit.keep(),
  keep_card: (visit) => visit.keepCard(),
  more: (visit) => visit.more(),
  parent: (visit) => visit.parent(),
  restart: (visit) => visit.restart(),
  retake: (visit) => visit.retake(),
  reveal: (visit) => visit.reveal(),
  stay: (visit) => visit.stay(),
  start_with: (visit, { dataset }) => visit.startWith(dataset),
  stop: (visit) => visit.stop(),
  take: (visit) => visit.take(),
  write: (visit) => visit.write(),
  written: (visit) => visit.written(),
}

class BoothScreen extends HTMLElement {
  #visit
  #page
  #screen

  connectedCallback() {
    const [first] = this.dataset.languages.split(" ")
    this.#page = document.createElement("main")
    this.append(this.#page)
    this.#visit = new Visit(first, {
      changed: () => this.#paint(),
      turned: (share, figure) => turn(this.#page, this.#visit.guest, share, figure),
    })
    this.#visit.isTestCard = "testCard" in this.dataset
    this.addEventListener("click", (event) => this.#touch(event))
    this.addEventListener("input", ({ target }) => {
      this.#visit.type(target.dataset.field, target.value)
    })
    this.addEventListener("error", ({ target }) => this.#reload(target), true)
    addEventListener("pagehide", () => this.#visit.leave())
    onSilence(SILENCE, () => this.#visit.ask())
    this.#paint()
    this.#watch()
  }

  #touch({ target }) {
    const part = target.closest("button")
    const { guest } = this.#visit
    if (!part || guest.working) return

    const { language, set, value, scope } = part.dataset
    if (language) this.#speak(language)
    if (set) this.#visit.choosePart(set, value)
    if (scope) this.#visit.tick(scope)
    if (part.dataset.do) VERBS[part.dataset.do](this.#visit, part)
    if (part.dataset.go) this.#visit.go(part.dataset.go)
  }

  /** A pledge that was touched, not written, changes its language with the rest. */
  #speak(language) {
    const { theme, visit } = this.#visit.guest
    this.#visit.speak(language)
    const same = theme && !visit && this.#page.querySelector(`[data-theme="${theme}"]`)
    if (same) this.#visit.set({ words: same.dataset.words })
    const shown = `[data-screen="${this.#screen}"] `
    this.#page.querySelector(`${shown}[data-language="${language}"]`)?.focus()
  }

  #paint() {
    const { guest, isTestCard } = this.#visit
    if (this.#page.lang !== guest.language) this.#turnInto(guest.language)
    if (guest.kept) this.dataset.promises = guest.kept.number
    paint(this.#page, guest, {
      promises: Number(this.dataset.promises),
      practice: "practice" in this.dataset,
      test_card: isTestCard,
    })
    this.style.setProperty("--photo", guest.photo ?? this.dataset.photo)
    this.toggleAttribute("data-working", guest.working)
    this.toggleAttribute("data-lit", isLit(guest))
    this.setAttribute("aria-busy", guest.working)
    if (this.#screen !== guest.screen) this.#arrive(guest.screen)
  }

  #turnInto(language) {
    const screens = this.querySelector(`template[data-language="${language}"]`)
    this.#page.replaceChildren(screens.content.cloneNode(true))
    this.#page.lang = language
    document.documentElement.lang = language
  }

  #arrive(screen) {
    const isFirst = this.#screen === undefined
    this.#screen = screen
    this.#page.querySelector(`[data-screen="${screen}"] h1`).focus()
    if (isFirst) return

    if (screen === "asked") ring()
    this.setAttribute("data-settling", screen)
    setTimeout(() => this.removeAttribute("data-settling"), SETTLE)
  }

  /** A preview that broke off is asked for once more, as long as it is wanted. */
  #reload(picture) {
    if (picture.dataset?.from !== "preview") return

    setTimeout(() => {
      picture.removeAttribute("src")
      this.#paint()
    }, WATCH)
  }

  async #watch() {
    await this.#visit.watch().catch(() => undefined)
    setTimeout(() => this.#watch(), WATCH)
  }
}

customElements.define("booth-screen", BoothScreen)
