/** What cannot be taken back asks for another touch within five seconds, or for two. */

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

  /**
   * Ask for it on the button itself, which has words for each touch; say whether there
   * was something left to ask.
   */
  askOn(button) {
    const next = 1 + wordsOf(button).findIndex(({ hidden }) => !hidden)
    if (!wordsOf(button)[next]) return false

    this.ask(
      () => say(button, next),
      () => say(button, 0),
    )
    return true
  }

  calm() {
    clearTimeout(this.#timer)
    this.#calm?.()
    this.#calm = undefined
  }
}

function wordsOf(button) {
  return [...button.querySelectorAll("span")]
}

function say(button, place) {
  button.classList.toggle("is-armed", place > 0)
  button.classList.toggle("btn--bad-solid", place > 0)
  wordsOf(button).forEach((words, at) => (words.hidden = at !== place))
}
