/** Where a wall hangs what: a spotlight, and fixed slots that never move a tile. */

import { cards, layoutFor, mosaic } from "./slots.js"

const FEW = 3 // so few promises hang as equal cards
const SPOTLIGHT = 8_000 // ms a promise stays in the light

/** The most promises a wall holds: the spotlight's and 60 tiles. */
const MOST = 61

export class Board {
  #element
  #slots = []
  #layout
  #lights = 0 // when the light last moved, ms

  constructor(element) {
    this.#element = element
  }

  get size() {
    return this.#tiles().length
  }

  /** Hang a tile at once, in the light when it is free; return what had to make room. */
  hang(tile) {
    const fallen = this.size >= MOST ? this.#oldest() : undefined
    fallen?.remove()
    const tiles = [tile, ...this.#tiles()]
    if (this.#fits(tiles.length)) {
      this.#free().append(tile)
      this.shine()
    } else {
      this.#lay(tiles)
    }
    return fallen
  }

  /** Take a tile down; the light falls on the newest that is left. */
  takeDown(tile) {
    tile.remove()
    const tiles = this.#tiles()
    if (!this.#fits(tiles.length)) this.#lay(tiles)
    else if (!this.#slots[0]?.firstElementChild) this.#swap(tiles[0])
  }

  /** Hang everything anew, newest first. */
  settle() {
    this.#lay(this.#tiles())
  }

  clear() {
    this.#element.replaceChildren()
    this.#slots = []
    this.#layout = undefined
  }

  /** Move the light to the newest promise once the one in it had its time. */
  shine() {
    const [newest] = this.#tiles()
    const isLit = newest?.parentElement === this.#slots[0]
    const isDue = performance.now() - this.#lights >= SPOTLIGHT
    if (newest && !isLit && isDue) this.#swap(newest)
  }

  #swap(tile) {
    const [light] = this.#slots
    const from = tile.parentElement
    ;[...light.children].forEach(soften)
    from.append(...light.children)
    light.append(tile)
    sharpen(tile)
    this.#lights = performance.now()
  }

  #tiles() {
    const tiles = this.#slots.flatMap((slot) => [...slot.children])
    return tiles.sort((one, other) => other.arrival - one.arrival)
  }

  #oldest() {
    return this.#tiles().at(-1)
  }

  #free() {
    return this.#slots.slice(1).find((slot) => !slot.firstElementChild)
  }

  #fits(count) {
    return count > FEW && this.#layout === layoutFor(count)
  }

  #lay(tiles) {
    tiles.sort((one, other) => other.arrival - one.arrival)
    this.#layout = tiles.length > FEW ? layoutFor(tiles.length) : undefined
    const count = tiles.length ? FEW : 0
    this.#slots = this.#layout ? mosaic(this.#layout) : cards(count)
    const roots = this.#slots.map((slot) => slot.closest(".mosaic") ?? slot)
    this.#element.replaceChildren(...new Set(roots))
    this.#slots
      .filter(isCard)
      .forEach((slot) => Object.assign(slot.dataset, this.#element.dataset))
    tiles.forEach(soften)
    tiles.forEach((tile, place) => this.#slots[place].append(tile))
    this.#slots.filter(isCard).forEach((slot) => [...slot.children].forEach(sharpen))
    this.#lights = performance.now()
  }
}

function isCard(slot) {
  return slot.classList.contains("slot--card")
}

/** A card shows the photo; a tile its thumbnail, sixty of which a wall can move. */
async function sharpen(tile) {
  const thumb = tile.querySelector("img[data-photo]")
  if (!thumb) return

  const photo = new Image()
  photo.src = thumb.dataset.photo
  await photo.decode().catch(() => soften(tile))
  if (!photo.naturalWidth || !tile.parentElement || !isCard(tile.parentElement)) return

  tile.thumb = thumb
  thumb.replaceWith(photo)
}

function soften(tile) {
  if (tile.thumb) tile.querySelector("img").replaceWith(tile.thumb)
  tile.thumb = undefined
}
