/** Where a wall hangs what: a spotlight, and fixed slots that never move a tile. */

import { photoOf, sharpen, show, soften } from "./photo.js"
import { cards, layoutFor, mosaic } from "./slots.js"

const FEW = 3 // so few promises hang as equal cards

export class Board {
  #element
  #slots = []
  #layout
  #lit // the tile in the light

  constructor(element) {
    this.#element = element
  }

  /** Hang a tile at once, in the light when nothing else is. */
  hang(tile) {
    const tiles = [tile, ...this.#tiles()]
    if (this.#fits(tiles.length) && this.#free()) this.#free().append(tile)
    else this.#lay(tiles)
  }

  /** Take a tile down; the light falls on the newest that is left. */
  takeDown(tile) {
    if (!tile) return

    tile.remove()
    const tiles = this.#tiles()
    if (!this.#fits(tiles.length)) this.#lay(tiles)
    else if (tile === this.#lit) this.light(tiles[0], { isNew: false })
  }

  /** Hang all of these anew, newest first. */
  settle(tiles = this.#tiles()) {
    this.#lay([...tiles])
  }

  clear() {
    this.#element.replaceChildren()
    this.#slots = []
    this.#layout = undefined
    this.#lit = undefined
  }

  /**
   * Put a tile in the light, and the one that was there where it came from.
   *
   * Once its photo is there, and in two frames: a slow computer misses neither.
   */
  async light(tile, { isNew }) {
    const [light] = this.#slots
    this.#lit = tile
    if (tile.parentElement === light) return light.toggleAttribute("data-new", isNew)

    const photo = await photoOf(tile)
    if (!this.#isDue(tile, light)) return

    light.removeAttribute("data-new")
    const place = tile.parentElement
    if (!isCard(place)) [...light.children].forEach(soften)
    tile.style.visibility = "hidden" // behind the one whose place this is again
    place.append(...light.children)
    await nextFrame()
    tile.style.visibility = ""
    if (!this.#isDue(tile, light)) return this.#straighten(light)

    if (photo) show(tile, photo)
    light.append(tile)
    light.toggleAttribute("data-new", isNew)
  }

  /** Part two tiles in one place, unless all were laid anew, or another view's are. */
  #straighten(light) {
    if (light === this.#slots[0]) this.settle()
  }

  /** Whether a tile still hangs, on this board, and nobody else was lit since. */
  #isDue(tile, light) {
    return tile.isConnected && tile === this.#lit && light === this.#slots[0]
  }

  #tiles() {
    const tiles = this.#slots.flatMap((slot) => [...slot.children])
    return tiles.sort((one, other) => other.arrival - one.arrival)
  }

  #free() {
    return this.#slots.slice(1).find((slot) => !slot.firstElementChild)
  }

  #fits(count) {
    return count > FEW && this.#layout === layoutFor(count)
  }

  #lay(tiles) {
    tiles.sort((one, other) => other.arrival - one.arrival)
    const place = tiles.indexOf(this.#lit)
    if (place > 0) tiles.unshift(...tiles.splice(place, 1))
    this.#lit = tiles[0]
    const wasNew = this.#slots[0]?.hasAttribute("data-new") && place >= 0
    this.#layout = tiles.length > FEW ? layoutFor(tiles.length) : undefined
    const count = tiles.length ? FEW : 0
    this.#slots = this.#layout ? mosaic(this.#layout) : cards(count)
    const roots = this.#slots.map((slot) => slot.closest(".mosaic") ?? slot)
    this.#element.replaceChildren(...new Set(roots))
    this.#slots
      .filter(isCard)
      .forEach((slot) => Object.assign(slot.dataset, this.#element.dataset))
    this.#slots[0]?.toggleAttribute("data-new", wasNew)
    tiles.forEach(soften)
    tiles.forEach((tile, at) => this.#slots[at].append(tile))
    this.#slots.filter(isCard).forEach((slot) => [...slot.children].forEach(sharpen))
  }
}

function nextFrame() {
  return new Promise(requestAnimationFrame)
}

function isCard(slot) {
  return slot.classList.contains("slot--card")
}
