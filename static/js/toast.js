/** What was just done, in words, and for ten seconds the way back. */

const STAYS = 10 // seconds

export class Toast {
  #element
  #undo // the way back of what was just said, when it is not the queue's
  #isGoing = false // whether that way is being gone
  #left = 0 // seconds
  #timer

  constructor(element) {
    this.#element = element
  }

  /** Say it; `canUndo` shows the way back, `undo` shows it and goes it. */
  say(words, { undo, canUndo = Boolean(undo) } = {}) {
    clearInterval(this.#timer)
    this.#undo = undo
    this.#isGoing = false
    this.#element.querySelector(".toast__words").textContent = words
    this.#element.querySelector("button").hidden = !canUndo
    this.#element.hidden = false
    this.#left = STAYS
    this.#draw()
    this.#timer = setInterval(() => this.#tick(), 1000)
  }

  /** Go the way back that was given, once; say whether there is one. */
  goBack() {
    if (!this.#isOpen || !this.#undo) return false

    if (!this.#isGoing) this.#undo()
    this.#isGoing = true
    return true
  }

  hide() {
    clearInterval(this.#timer)
    this.#element.hidden = true
  }

  get #isOpen() {
    return !this.#element.hidden && !this.#element.querySelector("button").hidden
  }

  #tick() {
    this.#left -= 1
    if (this.#left > 0) this.#draw()
    else this.hide()
  }

  #draw() {
    const ring = this.#element.querySelector(".ring")
    ring.style.setProperty("--left", this.#left / STAYS)
    ring.querySelector("b").textContent = this.#left
  }
}
