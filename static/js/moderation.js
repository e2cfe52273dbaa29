/** The volunteers' screen: what waits, one decision a touch, and the way back. */

import { Acts } from "./acts.js"
import { Blanker } from "./blanker.js"
import { Hung } from "./hung.js"
import { watch } from "./idle.js"
import { drawn, listen } from "./live.js"
import { Mending } from "./mending.js"
import { post } from "./post.js"
import { Queue } from "./queue.js"
import { Requests } from "./requests.js"
import { SecondTouch } from "./second-touch.js"
import { Toast } from "./toast.js"
import { WallMode } from "./wall-mode.js"

const UNEASY = 12 // seconds of silence
const AGAIN = 2_000 // ms until a booth that did not answer is asked again
const KEYS = { a: "approved", p: "private", r: "ask", u: "undo", escape: "calm" }
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

class ModerationScreen extends HTMLElement {
  #queue
  #requests
  #hung
  #mode
  #toast
  #acts
  #mending
  #blanker
  #sure = new SecondTouch()
  #awaited // the pledge that undo brings back, by id

  connectedCallback() {
    const find = (name) => this.querySelector(name)
    this.style.setProperty("--photo", this.dataset.photo)
    this.#queue = new Queue(find(".cases"), find(".rail"))
    const { saidMended, saidLate, saidNothing } = this.dataset
    const toast = new Toast(find(".toast"))
    this.#toast = toast
    this.#hung = new Hung(find(".hung"), this.#sure, toast)
    this.#mode = new WallMode(find(".modes"), (words) =>
      toast.say(words ?? this.dataset.saidNothing),
    )
    this.#acts = new Acts(toast, this.dataset, {
      gone: (id, revision) => this.#gone(id, revision),
      counted: (tallies) => this.#count(tallies),
    })
    this.#mending = new Mending(find(".mend"), {
      saved: (code) => toast.say(saidMended.replace("{code}", code)),
      failed: (words) => toast.say(words ?? saidNothing),
      late: () => toast.say(saidLate),
      nothing: saidNothing,
      drawn: () => this.#draw(),
    })
    this.#blanker = new Blanker(find("[data-hold]"), find(".blanked"), (words) =>
      toast.say(words ?? saidNothing),
    )
    this.#requests = new Requests(
      find(".requests__list"),
      this.#sure,
      (answer, request) => this.#acts.answer(answer, request),
    )
    this.addEventListener("click", ({ target }) =>
      this.#touched(target.closest("button")),
    )
    document.addEventListener("keydown", this.#pressed)
    this.connection = listen("moderation", {
      feed: this.dataset.feed,
      cursor: this.dataset.cursor,
      apply: (news) => this.#apply(news),
      quiet: (seconds, isFailing) => this.#quiet(seconds, isFailing),
      refused: () => location.reload(),
    })
    watch(
      () => this.#leave(),
      (isHidden) => this.toggleAttribute("data-covered", isHidden),
    )
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) location.reload() // what Back would bring from memory
    })
    this.#draw()
  }

  disconnectedCallback() {
    this.connection.close()
    document.removeEventListener("keydown", this.#pressed)
  }

  #apply({ reset, entries, tallies, mode, blank_since: blankSince }) {
    this.#blanker.show(blankSince)
    this.#mode.show(mode)
    if (reset) this.#keepOnly(new Set(entries.map(({ id }) => id)))
    entries.filter(({ id }) => id).forEach(({ id, html }) => this.#put(id, html))
    if (tallies) this.#count(tallies)
    this.#hung.heard(entries.map(({ id }) => id))
    this.#draw()
  }

  #keepOnly(ids) {
    const known = [...this.#queue.ids, ...this.#requests.ids]
    known.filter((id) => !ids.has(id)).forEach((id) => this.#put(id))
  }

  /** Hold what the server drew of a pledge, instead of what we held. */
  #put(id, html) {
    const card = html ? drawn(html) : undefined
    const held = this.#queue.card(id)
    if (held && held.dataset.revision === card?.dataset.revision) return

    if (id === this.#mending.id) this.#mending.follow(card)
    const isWanted = id === this.#awaited || (held && held === this.#queue.current)
    this.#drop(id)
    if (card?.matches(".case")) this.#queue.add(card)
    if (card?.matches(".request")) this.#requests.add(card)
    if (card && isWanted) this.#queue.show(id)
  }

  #drop(id) {
    if (this.#queue.current?.dataset.pledge === id) this.#sure.calm()
    this.#queue.remove(id)
    this.#requests.remove(id)
  }

  /** Drop the card that was touched; news may have brought another in its place. */
  #gone(id, revision) {
    if (!revision) this.#requests.remove(id)
    else if (this.#queue.card(id)?.dataset.revision === revision) this.#drop(id)
    this.#draw()
    if (!this.#queue.current) this.connection.startOver() // more may wait than we hold
  }

  #count(tallies) {
    const words = new Intl.NumberFormat(document.documentElement.lang)
    for (const place of this.querySelectorAll("[data-tally]")) {
      place.textContent = words.format(tallies[place.dataset.tally] ?? 0)
    }
    this.#hung.count(tallies.approved)
  }

  #draw() {
    const { view } = this.dataset
    if (!this.#queue.current) this.#queue.show()
    const card = this.#queue.current
    this.#drawMending(view === "queue" && card?.dataset.pledge)
    this.querySelector(".mod__queue").hidden = view !== "queue"
    this.querySelector(".requests").hidden = view !== "requests"
    this.querySelector(".hung").hidden = view !== "hung"
    this.querySelector(".nobody").hidden = Boolean(card)
    this.toggleAttribute("data-empty", !card)
    this.toggleAttribute("data-wall", card?.hasAttribute("data-wall") ?? false)
    for (const each of this.querySelectorAll(".tally[data-show]")) {
      each.ariaPressed = String(each.dataset.show === view)
    }
  }

  /** While words are mended nobody decides; another card is another promise. */
  #drawMending(shown) {
    if (this.#mending.id && this.#mending.id !== shown) this.#mending.close()
    for (const each of this.querySelectorAll(".acts button")) {
      each.disabled = Boolean(this.#mending.id)
    }
  }

  #touched(button) {
    if (button?.dataset.show) this.#show(button.dataset.show)
    else if (button?.dataset.answer) this.#requests.touched(button)
    else if (button?.dataset.hung) this.#hung.touched(button)
    else if (button?.dataset.do) this.#do(button.dataset.do)
    else this.#sure.calm()
    this.#draw()
  }

  #pressed = (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.isComposing || (this.#mending.id && event.key !== "Escape")) return

    const wish = KEYS[event.key.toLowerCase()]
    if (wish) this.#do(wish)
    else if (STEPS[event.key]) this.#step(STEPS[event.key])
  }

  #step(places) {
    this.#sure.calm()
    this.#queue.step(places)
    this.#draw()
  }

  #show(view) {
    this.#sure.calm()
    this.dataset.view = view
    if (view === "hung") this.#hung.look()
  }

  #do(wish) {
    const canDecide = this.dataset.view === "queue" && this.#queue.current
    if (wish === "leave") this.#leave()
    else if (wish === "undo") this.#undo()
    else if (wish === "unblank") this.#blanker.unblank()
    else if (wish === "calm") this.#calm()
    else if (this.#mending.id) return
    else if (wish === "mend" && canDecide) this.#mend()
    else if (wish === "ask" && canDecide) this.#ask()
    else if (canDecide) this.#decide(wish)
  }

  #calm() {
    this.#sure.calm()
    this.#mending.close()
  }

  #mend() {
    this.#sure.calm()
    this.#mending.open(this.#queue.current)
  }

  #ask() {
    const isSure = !this.querySelector(".acts--sure").hidden
    const set = (isAsking) => {
      this.querySelector(".acts--sure").hidden = !isAsking
      this.querySelector(".acts:not(.acts--sure)").hidden = isAsking
    }
    if (isSure) this.#decide("removed")
    else
      this.#sure.ask(
        () => set(true),
        () => set(false),
      )
  }

  #decide(decision) {
    this.#acts.decide(decision, this.#queue.current.dataset)
  }

  async #undo() {
    if (this.#toast.goBack()) return

    const id = this.#acts.undoable
    if (!id) return

    this.#awaited = id
    await this.#acts.undo()
    this.#queue.show(id)
    this.#draw()
  }

  #quiet(seconds, isFailing) {
    this.querySelector(".mod__offline").hidden = !isFailing && seconds < UNEASY
  }

  /** Sleep: first nothing is left to see, then the booth is told until it answers. */
  async #leave() {
    if (!this.isConnected) return

    const offline = this.querySelector(".mod__offline")
    this.replaceWith(offline)
    while ((await post("/moderation/leave")).status === 0) {
      offline.hidden = false
      await new Promise((resume) => setTimeout(resume, AGAIN))
    }
    location.reload()
  }
}

customElements.define("moderation-screen", ModerationScreen)
