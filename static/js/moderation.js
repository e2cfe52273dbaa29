/** The volunteers' screen: what waits, one decision a touch, and the way back. */

import { Acts } from "./acts.js"
import { Blanker } from "./blanker.js"
import { Bulk } from "./bulk.js"
import { hasCome } from "./came.js"
import { Chime } from "./chime.js"
import { most as mostOfMany } from "./grid.js"
import { Hung } from "./hung.js"
import { watch } from "./idle.js"
import { drawn, listen } from "./live.js"
import { Leases } from "./leases.js"
import { Meter } from "./meter.js"
import { Mending } from "./mending.js"
import { post } from "./post.js"
import { isAsked, Queue } from "./queue.js"
import { Requests } from "./requests.js"
import { Retake } from "./retake.js"
import { Safeguarding } from "./safeguarding.js"
import { SecondTouch } from "./second-touch.js"
import { Swipe } from "./swipe.js"
import { Toast } from "./toast.js"
import { turnTo } from "./views.js"
import { WallMode } from "./wall-mode.js"

const LONGEST = 200 // photos the booth looks at in one question
const UNEASY = 12 // seconds of silence
const AGAIN = 2_000 // ms until a booth that did not answer is asked again
const DECIDES = { a: "approved", p: "private", r: "ask" }
const KEYS = { ...DECIDES, u: "undo", g: "grid", escape: "calm" }
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

class ModerationScreen extends HTMLElement {
  #queue
  #leases
  #requests
  #hung
  #mode
  #toast
  #acts
  #mending
  #blanker
  #safeguarding = new Safeguarding(this)
  #asked = 0 // how often a removal was asked about
  #meter
  #bulk
  #retake
  #sure = new SecondTouch()

  connectedCallback() {
    const find = (name) => this.querySelector(name)
    this.style.setProperty("--photo", this.dataset.photo)
    this.#leases = new Leases({
      wanted: () => this.#wanted(),
      changed: () => this.#draw(),
    })
    this.#queue = new Queue(find(".cases"), find(".rail"), find(".stub"), {
      asks: () => this.#leases.ask(),
      hides: (card) => this.#safeguarding.hides(card),
    })
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
      back: (id) => this.#queue.show(id),
      lost: (id) => this.#queue.forget(id),
    })
    this.#mending = new Mending(find(".mend"), {
      saved: (code) => toast.say(saidMended.replace("{code}", code)),
      failed: (words) => toast.say(words ?? saidNothing),
      late: () => toast.say(saidLate),
      nothing: saidNothing,
      drawn: () => this.#draw(),
    })
    this.#retake = new Retake(this, toast)
    this.#blanker = new Blanker(find("[data-hold]"), find(".blanked"), (words) =>
      toast.say(words ?? saidNothing),
    )
    this.#requests = new Requests(
      find(".requests__list"),
      this.#sure,
      (answer, request) => this.#acts.answer(answer, request),
    )
    this.#meter = new Meter(find(".meter"), new Chime(find(".meter__sound")))
    this.#bulk = new Bulk(find(".grid"), this.#sure, this.#acts, this.dataset, {
      opens: (id) => this.#open(id),
      gone: (id, revision) => this.#dropSeen(id, revision),
      counted: (tallies) => this.#count(tallies),
      said: (words, canUndo) => this.#sumUp(toast, words, canUndo),
    })
    new Swipe(find(".cases"), {
      touched: () => (this.#mending.id ? undefined : this.#queue.current),
      right: () => this.#do("approved"),
      left: () => this.#do("private"),
    })
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
      shared: () => this.#leases.ask(),
    })
    watch(
      () => this.#leave(),
      (isHidden) => this.toggleAttribute("data-covered", isHidden),
    )
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) location.reload() // what Back would bring from memory
    })
    this.#meter.count(Number(this.dataset.waiting))
    this.#draw()
    this.#leases.ask()
  }

  disconnectedCallback() {
    this.connection.close()
    this.#leases.close()
    this.#retake.close()
    document.removeEventListener("keydown", this.#pressed)
  }

  #apply({ reset, entries, tallies, pace, mode, blank_since: blankSince }) {
    this.#blanker.show(blankSince)
    this.#mode.show(mode)
    if (reset) this.#keepOnly(new Set(entries.map(({ id }) => id)))
    entries.filter(({ id }) => id).forEach(({ id, html }) => this.#put(id, html))
    if (tallies) this.#count(tallies)
    if (pace) this.#meter.show(pace)
    this.#hung.heard(entries.map(({ id }) => id))
    this.#draw()
    this.#leases.ask()
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
    const isShown = held && held === this.#queue.current
    this.#drop(id)
    if (card?.matches(".case")) this.#queue.add(card)
    if (card?.matches(".request")) this.#requests.add(card)
    if (isShown && isAsked(card)) this.#queue.leave(id)
    else if (isShown && card) this.#queue.show(id)
  }

  #drop(id) {
    if (this.#queue.current?.dataset.pledge === id) this.#sure.calm()
    this.#queue.remove(id)
    this.#requests.remove(id)
  }

  #dropSeen(id, revision) {
    if (this.#queue.card(id)?.dataset.revision === revision) this.#drop(id)
  }

  /** Drop the card that was touched; news may have brought another in its place. */
  #gone(id, revision) {
    if (!revision) this.#requests.remove(id)
    else this.#dropSeen(id, revision)
    this.#draw()
    this.#leases.ask()
    if (!this.#queue.ids.length) this.connection.startOver() // more may wait
  }

  #count(tallies) {
    this.#meter.count(tallies.waiting)
    const words = new Intl.NumberFormat(document.documentElement.lang)
    for (const place of this.querySelectorAll("[data-tally]")) {
      place.textContent = words.format(tallies[place.dataset.tally] ?? 0)
    }
    this.#hung.count(tallies.approved)
  }

  #draw() {
    const { view } = this.dataset
    this.#queue.hold(this.#leases.held, this.#leases.others)
    const card = this.#queue.current
    this.#drawMending(view === "queue" && card?.dataset.pledge)
    this.#safeguarding.show(card)
    const isByItself = view === "queue" && !this.#safeguarding.isOpen
    this.#retake.show(isByItself ? card : undefined, this.#leases.here)
    turnTo(this, view)
    this.#bulk.show(view === "grid" ? this.#queue.mine : [])
    this.querySelector(".nobody").hidden = Boolean(this.#queue.ids.length)
    this.#drawOthers(card)
    this.querySelector(".undo").hidden = !this.#acts.undoable
    this.toggleAttribute("data-empty", !this.#queue.ids.length)
    this.toggleAttribute("data-idle", !card)
    this.toggleAttribute("data-wall", card?.hasAttribute("data-wall") ?? false)
  }

  /** Nothing is free: somebody else looks at all that waits. */
  #drawOthers(card) {
    const { ids } = this.#queue
    const isTaken = ids.length && ids.every((id) => this.#leases.others.has(id))
    this.querySelector(".taken").hidden = Boolean(card) || !isTaken
  }

  #wanted() {
    const { ids, most } = this.#queue.wanted
    const places = { queue: most, grid: mostOfMany() }
    return { ids: ids.slice(0, LONGEST), most: places[this.dataset.view] ?? 0 }
  }

  /** While words are mended nobody decides; another card is another promise. */
  #drawMending(shown) {
    if (this.#mending.id && this.#mending.id !== shown) this.#mending.close()
    for (const each of this.querySelectorAll(".acts button")) {
      each.disabled = Boolean(this.#mending.id)
    }
  }

  #touched(button) {
    if (button?.dataset.open) this.#open(button.dataset.open)
    else if (button?.dataset.show) this.#show(button.dataset.show)
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
    this.#leases.ask()
    if (view === "hung") this.#hung.look()
  }

  #do(wish) {
    const canDecide = this.dataset.view === "queue" && this.#queue.current
    if (wish === "leave") this.#leave()
    else if (wish === "undo") this.#undo()
    else if (wish === "unblank") this.#blanker.unblank()
    else if (wish === "calm") this.#calm()
    else if (wish === "grid") this.#turn()
    else if (this.dataset.view === "grid") this.#bulk.do(wish)
    else if (this.#mending.id) return
    else if (wish === "mend" && canDecide) this.#mend()
    else if (wish === "look" && canDecide) this.#look()
    else if (wish === "ask" && canDecide) this.#ask()
    else if (wish === "approved" && this.#safeguarding.isOpen) this.#look()
    else if (canDecide) this.#decide(wish)
  }

  /** Turn from one photo to many, or back. */
  #turn() {
    this.#show(this.dataset.view === "grid" ? "queue" : "grid")
    this.#draw()
  }

  /** Look at one of the many by itself. */
  #open(id) {
    this.#show("queue")
    this.#queue.show(id)
    this.#draw()
  }

  #sumUp(toast, words, canUndo) {
    toast.say(words, { canUndo })
    this.#draw()
    this.#leases.ask()
  }

  #calm() {
    this.#sure.calm()
    this.#mending.close()
  }

  #mend() {
    this.#sure.calm()
    this.#mending.open(this.#queue.current)
  }

  /** Nobody approves what may ask for help without having looked at it. */
  #look() {
    this.#sure.calm()
    this.#safeguarding.look(this.#queue.current)
    this.#queue.rest() // a second touch was not meant for what has just come to light
    this.#draw()
  }

  #ask() {
    const next = this.#asked + 1
    if (next > this.#safeguarding.asks(this.#queue.current)) this.#decide("removed")
    else
      this.#sure.ask(
        () => this.#drawAsking(next),
        () => this.#drawAsking(0),
      )
  }

  #drawAsking(asked) {
    this.#asked = asked
    this.toggleAttribute("data-asking", asked > 0)
    this.querySelector(".acts:not(.acts--sure)").hidden = asked > 0
    this.querySelector(".acts--sure").hidden = asked !== 1
    this.querySelector(".guard__sure").hidden = asked !== 2
  }

  async #decide(decision) {
    const before = this.#queue.current
    if (!this.#queue.isSettled) return
    if (decision === "approved" && !hasCome(photoOf(before))) return this.#waitForPhoto(before)

    await this.#acts.decide(decision, before.dataset)
    this.#draw()
    if (this.#queue.current !== before) this.#listenTo(this.#queue.current)
  }

  /** Nobody approves a photo that has not come; one that never came is asked for anew. */
  #waitForPhoto(card) {
    const photo = photoOf(card)
    if (photo.complete) photo.src = photo.getAttribute("src")
    this.#toast.say(this.dataset.saidUnseen)
  }

  /** Whoever listens goes on at the next promise, or hears that nobody waits. */
  #listenTo(card) {
    const heading = card?.querySelector("h2") ?? this.querySelector(".nobody h1")
    heading.focus({ preventScroll: true })
  }

  async #undo() {
    if (this.#toast.goBack() || this.dataset.view === "hung") return

    if (this.dataset.view !== "grid") this.#show("queue")
    await this.#acts.undo(this.#leases.page)
    this.#draw()
  }

  #quiet(seconds, isFailing) {
    this.querySelector(".mod__offline").hidden = !isFailing && seconds < UNEASY
  }

  /** Sleep: first nothing is left to see, then the booth is told until it answers. */
  async #leave() {
    if (!this.isConnected) return

    Chime.forget()
    const offline = this.querySelector(".mod__offline")
    this.replaceWith(offline)
    while ((await post("/moderation/leave")).status === 0) {
      offline.hidden = false
      await new Promise((resume) => setTimeout(resume, AGAIN))
    }
    location.reload()
  }
}

function photoOf(card) {
  return card.querySelector(".case__photo img")
}

customElements.define("moderation-screen", ModerationScreen)
