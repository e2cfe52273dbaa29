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

  /** Ask for it on the button itself, which has words for each touch. */
  askOn(button) {
    this.ask(
      () => arm(button, true),
      () => arm(button, false),
    )
  }

  /** Whether the next touch of that button is the second. */
  isAskedOn(button) {
    return button.classList.contains("is-armed")
  }

  calm() {
    clearTimeout(this.#timer)
    this.#calm?.()
    this.#calm = undefined
  }
}

function arm(button, isArmed) {
  const [ask, sure] = button.querySelectorAll("span")
  button.classList.toggle("is-armed", isArmed)
  button.classList.toggle("btn--bad-solid", isArmed)
  ask.hidden = isArmed
  sure.hidden = !isArmed
}
