/** One promise at a time, as wide as the wall, and the three that come next. */

import { sharpen, soften } from "./photo.js"
import { isStill } from "./rest.js"

const NEXT = 3

export class Slides {
  #element
  #slots = []
  #tiles = new Set()
  #lit
  #bar

  constructor(element) {
    this.#element = element
  }

  hang(tile) {
    this.#tiles.add(tile)
    if (!this.#lit) this.light(tile, { isNew: true, lasts: 0 })
    else this.#fill()
  }

  takeDown(tile) {
    if (!tile) return

    this.#tiles.delete(tile)
    tile.remove()
    if (tile === this.#lit) this.#lit = undefined
    if (!this.#lit && this.#tiles.size) this.#show(this.#newest()[0])
    else this.#fill()
  }

  settle(tiles) {
    if (tiles) tiles.forEach((tile) => this.#tiles.add(tile))
    if (!this.#lit && this.#tiles.size) this.#show(this.#newest()[0])
    this.#fill()
  }

  clear() {
    this.#tiles.forEach(soften)
    this.#element.replaceChildren()
    this.#tiles.clear()
    this.#slots = []
    this.#lit = undefined
  }

  /** Show one promise for `lasts` ms; the bar under it says how long. */
  light(tile, { lasts }) {
    this.#show(tile)
    if (isStill()) return

    this.#bar.getAnimations().forEach((each) => each.cancel())
    this.#bar.animate([{ scale: "0 1" }, { scale: "1 1" }], {
      duration: Math.max(lasts, 1),
      fill: "forwards",
    })
  }

  #show(tile) {
    if (!this.#slots.length) this.#lay()
    const [slide] = this.#slots
    ;[...slide.children].forEach((each) => {
      soften(each)
      each.remove()
    })
    this.#lit = tile
    slide.append(tile)
    sharpen(tile)
    this.#fill()
  }

  #lay() {
    const slide = make("slot slot--card slot--slide")
    const next = Array.from({ length: NEXT }, () => make("slot slot--worded"))
    const column = make("slides__next")
    this.#bar = make("slides__bar")
    column.append(...next)
    this.#slots = [slide, ...next]
    this.#element.replaceChildren(slide, column, this.#bar)
  }

  /** The column holds the newest of the others. */
  #fill() {
    const others = this.#newest().filter((tile) => tile !== this.#lit)
    this.#slots.slice(1).forEach((slot, place) => {
      const tile = others[place]
      if (tile !== slot.firstElementChild) slot.replaceChildren(...(tile ? [tile] : []))
    })
  }

  #newest() {
    return [...this.#tiles].sort((one, other) => other.arrival - one.arrival)
  }
}

function make(names) {
  const element = document.createElement("div")
  element.className = names
  return element
}
