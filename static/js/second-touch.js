/** What cannot be taken back asks for a second touch within five seconds. */

const SURE = 5_000 // ms

export class SecondTouch {
  #timer
  #calm

  /** Ask for it: `show` now, `calm` when the time is up or something else is touched. */
  ask(show, calm) {
    this.calm()
    this.#calm = calm
    this.#timer = setTimeout(() => this.calm(), SURE)
    show()
  }

  calm() {
    clearTimeout(this.#timer)
    this.#calm?.()
    this.#calm = undefined
  }
}
