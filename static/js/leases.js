/** What this page may show: nobody else is shown the same photo meanwhile. */

import { post } from "./post.js"

const WHERE = "/moderation/leases"
const RENEW = 10_000 // ms
const SPARE = 2_000 // ms that we stop before the booth gives our photos to others

export class Leases {
  #wishes
  #page = newName()
  #held = new Set()
  #others = new Set()
  #here = new Set() // of those held: whose guests may be asked for another photo
  #share = Infinity // photos each page may hold, as the booth last said
  #isHere = false // whether the booth counts on this page
  #ends // the timer that ends what we hold, unless the booth answers before
  #renews
  #isAsking = false
  #mustAskAgain = false

  /**
   * `wanted()` says what the page would show, the most urgent first, and how many of
   * it: { ids, most }. `changed()` is told when it may show something else.
   */
  constructor(wishes) {
    this.#wishes = wishes
    this.#renews = setInterval(() => this.ask(), RENEW)
    document.addEventListener("visibilitychange", this.#turned)
    window.addEventListener("pagehide", this.#leave)
  }

  /** What this page calls itself. */
  get page() {
    return this.#page
  }

  /** The pledges that only this page may show, by id. */
  get held() {
    return this.#held
  }

  /** The pledges that somebody else looks at. */
  get others() {
    return this.#others
  }

  /** The pledges that this page shows and whose guests are at the booth. */
  get here() {
    return this.#here
  }

  /** Ask for what is wanted now. */
  async ask() {
    this.#mustAskAgain = true
    if (this.#isAsking) return

    this.#isAsking = true
    while (this.#mustAskAgain && !document.hidden) await this.#askOnce()
    this.#isAsking = false
  }

  close() {
    this.#leave()
    clearInterval(this.#renews)
    document.removeEventListener("visibilitychange", this.#turned)
    window.removeEventListener("pagehide", this.#leave)
  }

  async #askOnce() {
    this.#mustAskAgain = false
    const { ids, most } = this.#wanted
    const isTooMuch = this.#held.size > this.#share
    const shown = isTooMuch ? Math.min(most, this.#share) : most
    if (!shown && !this.#isHere) return

    // What we give back is hidden before anyone else can have it.
    const kept = ids.slice(0, shown).filter((id) => this.#held.has(id))
    this.#show(new Set(kept), this.#others)
    const [page, askedAt] = [this.#page, performance.now()]
    this.#isHere = shown > 0
    const { status, said } = await post(WHERE, { page, wanted: ids, shown })
    if (status === 403) location.reload()
    if (page !== this.#page) giveBack(page)
    else if (status === 200) this.#take(said, askedAt)
  }

  /** What somebody else looks at comes last: it takes no place of ours. */
  get #wanted() {
    const { ids, most } = this.#wishes.wanted()
    const isFree = (id) => !this.#others.has(id)
    const free = ids.filter(isFree)
    return { ids: [...free, ...ids.filter((id) => !isFree(id))], most }
  }

  #take({ held, others, here, share, seconds }, askedAt) {
    clearTimeout(this.#ends)
    const left = askedAt + seconds * 1000 - SPARE - performance.now()
    this.#ends = setTimeout(() => this.#show(new Set(), this.#others), left)
    this.#share = share || Infinity
    this.#mustAskAgain ||= held.length > this.#share
    this.#show(new Set(left > 0 ? held : []), new Set(others), new Set(here))
  }

  #show(held, others, here = this.#here) {
    const [now, before] = [
      [held, others, here],
      [this.#held, this.#others, this.#here],
    ]
    const isSame = now.every((each, place) => isEqual(each, before[place]))
    ;[this.#held, this.#others, this.#here] = now
    if (!isSame) this.#wishes.changed()
  }

  #turned = () => {
    if (document.hidden) this.#leave()
    else this.ask()
  }

  #leave = () => {
    const page = this.#page
    this.#page = newName() // an answer under way is for nobody
    this.#isHere = false
    this.#show(new Set(), this.#others)
    giveBack(page)
  }
}

function giveBack(page) {
  const headers = { "Content-Type": "application/json" }
  const body = JSON.stringify({ page, wanted: [], shown: 0 })
  // It outlives the page; if it is lost, the booth waits for the lease to end.
  fetch(WHERE, { method: "POST", headers, body, keepalive: true }).catch(() => {})
}

/** A page that is loaded again is another: what the old one says late is its own. */
function newName() {
  return crypto.getRandomValues(new Uint32Array(3)).join("-")
}

function isEqual(one, other) {
  return one.size === other.size && [...one].every((id) => other.has(id))
}
