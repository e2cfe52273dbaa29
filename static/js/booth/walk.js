/** The guest's way from screen to screen, and the seconds that run meanwhile. */

import { end } from "./ask.js"
import { Countdown } from "./clock.js"
import { BEFORE, newGuest } from "./guest.js"

export const POSE = 3 // seconds before the shutter
const CODE = 20 // seconds until the code hides, and again until the start
const TALK = 60 // seconds on the page about help
const ASKED = 40 // seconds to say whether there shall be another photo
const ANSWER = 20 // seconds to say "I'm here"
const CLOCKED = ["done", "asked", "talk"]
const UNHURRIED = ["attract", ...CLOCKED, "still"] // they have clocks, or need none

export class Walk {
  #clock = new Countdown()
  #first
  #changed
  #turned
  #left = "attract"

  /** `changed` paints the guest; `turned` paints a ring's share and figure. */
  constructor(language, { changed, turned }) {
    this.guest = newGuest(language)
    this.#first = language
    this.#changed = changed
    this.#turned = turned
  }

  set(news) {
    Object.assign(this.guest, news)
    this.#changed()
  }

  go(screen) {
    this.#clock.stop()
    this.set({ screen, counting: false })
    if (screen === "camera") this.#turned(1, POSE)
    if (CLOCKED.includes(screen)) this.more()
  }

  back() {
    const before = BEFORE[this.guest.screen](this.guest)
    if (before === "attract") return this.restart()
    if (before === "consent" || before === "asked") this.letGo()
    this.set({ refusal: "", covered: before === "done" })
    this.go(before)
  }

  /** Forget the guest. Nothing of a visit that was not kept is left anywhere. */
  restart() {
    this.leave()
    this.#clock.stop()
    this.guest = newGuest(this.#first)
    this.#changed()
  }

  leave() {
    this.letGo()
    if (this.guest.kept) end(this.guest.kept.visit)
  }

  /** Let go of what is not kept; a photo that is stays as it is. */
  letGo() {
    if (this.guest.visit) end(this.guest.visit)
    this.set({ visit: null, preview: "", draft: "", isStamped: false })
  }

  speak(language) {
    this.set({ language, refusal: "" })
  }

  /* Time. */

  count(seconds, over, { each = false } = {}) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches
    const tick = (left) => {
      const figure = Math.ceil(left)
      const share = each && !still ? left % 1 : (still ? figure : left) / seconds
      this.#turned(share, figure)
    }
    this.#clock.start(seconds, tick, over)
  }

  stop() {
    this.#clock.stop()
    this.set({ counting: false })
  }

  more() {
    const { screen } = this.guest
    if (screen === "talk") this.count(TALK, () => this.restart())
    else if (screen === "asked") this.count(ASKED, () => this.restart())
    else if (this.guest.covered) this.count(CODE, () => this.restart())
    else this.count(CODE, () => this.#cover(true))
  }

  reveal() {
    this.#cover(false)
  }

  /** Nobody has touched the screen for a while. */
  ask() {
    const { screen, working, counting } = this.guest
    if (UNHURRIED.includes(screen) || working || counting) return

    this.#left = screen
    this.go("still")
    this.count(ANSWER, () => this.restart())
  }

  here() {
    this.go(this.#left)
  }

  #cover(covered) {
    this.set({ covered })
    this.more()
  }
}
