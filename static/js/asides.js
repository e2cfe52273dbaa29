/** What stands between photos: facts with their source, and whom to call. */

export class Asides {
  #element

  constructor(element) {
    this.#element = element
  }

  /** Show one after the other, over whatever hangs. */
  show(number) {
    const asides = [...this.#element.children]
    if (!asides.length) return

    asides.forEach((each, place) => {
      each.hidden = place !== (number - 1) % asides.length
    })
    this.#element.hidden = false
  }

  hide() {
    this.#element.hidden = true
  }
}
