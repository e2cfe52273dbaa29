/** How long guests wait, live, and whether one more volunteer is needed. */

import { clock } from "./clock.js"

const LONG = 60 // seconds

export class Meter {
  #place
  #chime
  #many // photos at which one more volunteer helps
  #told = { oldest: null, median: null, is_outpaced: false }
  #toldAt = performance.now()
  #waiting = 0

  /** `chime.ring()` is called while somebody waits for longer than a minute. */
  constructor(place, chime) {
    this.#place = place
    this.#chime = chime
    this.#many = Number(place.dataset.many)
    this.show(JSON.parse(place.dataset.pace))
    setInterval(() => this.#draw(), 1000)
  }

  /** What the booth says now. */
  show(pace) {
    this.#told = pace
    this.#toldAt = performance.now()
    this.#draw()
  }

  count(waiting) {
    this.#waiting = waiting
    this.#draw()
  }

  /** Seconds that the oldest has waited; none while nobody does. */
  get #oldest() {
    if (this.#told.oldest === null || !this.#waiting) return null

    return this.#told.oldest + (performance.now() - this.#toldAt) / 1000
  }

  /** More than fifteen wait, or one waits for long and more come than are decided. */
  get #isHelpNeeded() {
    const isLong = this.#oldest > LONG
    return this.#waiting > this.#many || (isLong && this.#told.is_outpaced)
  }

  #draw() {
    const oldest = this.#oldest
    this.#say("oldest", oldest)
    this.#say("median", this.#told.median)
    this.#place.toggleAttribute("data-long", oldest > LONG)
    this.#place.querySelector(".meter__help").hidden = !this.#isHelpNeeded
    if (oldest > LONG) this.#chime.ring()
  }

  #say(name, seconds) {
    const words = seconds === null ? "–" : clock(seconds)
    const place = this.#place.querySelector(`[data-${name}]`)
    if (place.textContent !== words) place.textContent = words
  }
}
