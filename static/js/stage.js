/** Starred promises, one at a time and very large, for the one with the microphone. */

const FORTH = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"])
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp"])
const LARGEST = 1 // of the largest letters
const SMALLEST = 0.3
const STEP = 0.05

export class Stage {
  #element
  #stars = []
  #shown // a pledge's id

  /** Listen to the keyboard, or a clicker, until `signal` ends it. */
  constructor(element, signal) {
    this.#element = element
    document.addEventListener("keydown", (event) => this.#pressed(event), { signal })
    document.fonts.ready.then(() => this.#fit())
    window.addEventListener("resize", () => this.#fit(), { signal })
  }

  /** Show these: each `{ id, number, words, language }`; the one that is read stays. */
  tell(stars) {
    if (!stars.length && !this.#stars.length) return

    const place = Math.max(0, this.#place)
    this.#stars = stars
    if (this.#place < 0) this.#shown = (stars[place] ?? stars.at(-1))?.id
    this.#draw()
  }

  hang() {}
  takeDown() {}
  light() {}
  settle() {
    this.#draw()
  }

  clear() {
    this.#stars = []
    this.#draw()
  }

  get #place() {
    return this.#stars.findIndex(({ id }) => id === this.#shown)
  }

  #pressed({ key }) {
    const step = FORTH.has(key) - BACK.has(key)
    const next = this.#stars[this.#place + step]
    if (!step || !next || !this.#element.checkVisibility()) return

    this.#shown = next.id
    this.#draw()
  }

  #draw() {
    const star = this.#stars[this.#place]
    this.#element.toggleAttribute("data-none", !star)
    const { number = 0, words = "", language = "" } = star ?? {}
    const [count, said] = this.#element.querySelectorAll("b, h2")
    count.textContent = new Intl.NumberFormat(document.documentElement.lang).format(number)
    said.textContent = words
    said.lang = language
    this.#fit()
  }

  /** Make the letters as large as the words leave room for. */
  #fit() {
    const said = this.#element.querySelector("h2")
    for (let size = LARGEST; size >= SMALLEST; size -= STEP) {
      said.style.setProperty("--size", size)
      if (said.scrollHeight <= said.clientHeight) return
    }
  }
}
