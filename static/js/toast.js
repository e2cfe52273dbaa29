/** What was just done, in words, and for ten seconds the way back. */

const STAYS = 10 // seconds

export class Toast {
  #element
  #left = 0 // seconds
  #timer

  constructor(element) {
    this.#element = element
  }

  get canUndo() {
    return !this.#element.hidden && !this.#element.querySelector("button").hidden
  }

  /** Say it; `canUndo` shows the way back. */
  say(words, { canUndo = false } = {}) {
    clearInterval(this.#timer)
    this.#element.querySelector(".toast__words").textContent = words
    this.#element.querySelector("button").hidden = !canUndo
    this.#element.hidden = false
    this.#left = STAYS
    this.#draw()
    this.#timer = setInterval(() => this.#tick(), 1000)
  }

  hide() {
    clearInterval(this.#timer)
    this.#element.hidden = true
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
