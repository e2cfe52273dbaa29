/** Asking the guest of the shown photo for another one, while they are at the booth. */

import { post } from "./post.js"

const KEY = "t"
const TYPED = "input, textarea, select"

export class Retake {
  #screen
  #reasons
  #toast
  #card // whose guest may be asked now, if any
  #isBusy = false

  /** `screen` has the cards and the reasons; `toast` says what came of it. */
  constructor(screen, toast) {
    this.#screen = screen
    this.#reasons = screen.querySelector(".reasons")
    this.#toast = toast
    screen.addEventListener("click", ({ target }) => this.#touched(target))
    document.addEventListener("keydown", this.#pressed, true)
  }

  close() {
    document.removeEventListener("keydown", this.#pressed, true)
  }

  /** Offer it on this card, if its guest is among those who are `here`. */
  show(card, here) {
    const asked = here.has(card?.dataset.pledge) ? card : undefined
    if (this.#isOpen && asked?.dataset.pledge !== this.#card?.dataset.pledge) {
      this.#fold()
      if (card === this.#card) this.#toast.say(this.#reasons.dataset.saidGone)
    }
    this.#card = asked
    for (const button of this.#screen.querySelectorAll("[data-retakes]")) {
      button.hidden = !asked?.contains(button)
    }
  }

  get #isOpen() {
    return !this.#reasons.hidden
  }

  #touched(target) {
    const { reason, retakes } = target.closest("button")?.dataset ?? {}
    if (retakes !== undefined) this.#unfold()
    else if (reason) this.#ask(reason)
    else this.#fold()
  }

  /** While it is open a key chooses a reason, and decides nothing. */
  #pressed = (event) => {
    const { key, repeat, ctrlKey, metaKey, altKey, target } = event
    if (repeat || ctrlKey || metaKey || altKey || target.closest?.(TYPED)) return

    if (!this.#isOpen) {
      if (key.toLowerCase() === KEY) this.#unfold()
      return
    }
    event.stopImmediatePropagation()
    if (key === "Escape") this.#fold()
    else this.#ask(this.#reasonOf(key))
  }

  #reasonOf(key) {
    const place = `[aria-keyshortcuts="${CSS.escape(key)}"]`
    return this.#reasons.querySelector(place)?.dataset.reason
  }

  #unfold() {
    if (!this.#card || this.#screen.hasAttribute("data-asking")) return

    this.#reasons.hidden = false
    this.#reasons.querySelector("h2").focus()
  }

  #fold() {
    this.#reasons.hidden = true
  }

  async #ask(reason) {
    if (this.#isBusy || !this.#card || !reason) return

    this.#isBusy = true
    const { pledge, code, revision } = this.#card.dataset
    this.#fold()
    const body = { reason, revision: Number(revision) }
    const { status, said } = await post(`/pledges/${pledge}/retake`, body)
    this.#isBusy = false
    if (status === 401 || status === 403) location.reload()
    const came = this.#reasons.dataset[said.retake]?.replace("{code}", code)
    this.#toast.say(came ?? said.message ?? this.#screen.dataset.saidNothing)
  }
}
