/** The campaign's picture: everybody is one tile of it, and the newest one flies there. */

import { draw, sharpen, soften } from "./photo.js"
import { isStill } from "./rest.js"

const PATIENCE = 1_000 // ms an old picture may stay when somebody has left it
const FLIGHT = 640 // ms: --m-stage

export class Mural {
  #element
  #wishes
  #picture
  #guest // the slot of who was just added
  #turn = 0 // of asking for the picture: only the newest answer counts
  #arriving = 0 // of guests: whoever left, or was followed, does not come late
  #old // the timer that takes an old picture away

  /** `only` is the wall's filter, `told(room)` hears how many cells wait. */
  constructor(element, { only, told }) {
    this.#element = element
    this.#wishes = { only, told }
  }

  hang() {
    this.#refresh()
  }

  /** Nobody stays who left: without a new picture in a second there is none. */
  takeDown(tile) {
    this.#arriving += 1
    if (tile && this.#guest?.contains(tile)) this.#land()
    tile?.remove()
    this.#old ??= setTimeout(() => this.#picture?.remove(), PATIENCE)
    this.#refresh()
  }

  settle() {
    this.#refresh()
  }

  clear() {
    this.#turn += 1
    this.#arriving += 1
    clearTimeout(this.#old)
    this.#old = undefined
    this.#land()
    this.#element.replaceChildren()
    this.#picture = undefined
  }

  /** Show who was just added, beside the place where they are; then they fly there. */
  async light(tile, { isNew, lasts }) {
    const arriving = ++this.#arriving
    this.#land()
    if (!isNew) return

    const { cell, columns, rows } = await this.#ask(tile.dataset.pledge)
    if (arriving !== this.#arriving || cell === null || cell === undefined) return

    this.#land()
    const at = { x: ((cell % columns) + 0.5) / columns, y: cellRow(cell, columns, rows) }
    const guest = document.createElement("div")
    guest.className = "slot slot--card slot--light slot--guest"
    guest.style.setProperty("--x", at.x)
    guest.style.setProperty("--y", at.y)
    guest.dataset.tag = this.#element.dataset.added
    guest.dataset.new = ""
    guest.append(tile)
    this.#guest = guest
    this.#element.append(guest)
    sharpen(tile)
    this.#flyAfter(guest, lasts - FLIGHT)
  }

  #flyAfter(guest, wait) {
    const fly = guest.animate(
      [{ opacity: 0, scale: 0.06 }],
      {
        delay: Math.max(0, wait),
        duration: isStill() ? 0 : FLIGHT,
        easing: "ease-in",
        fill: "forwards",
      },
    )
    fly.finished.then(() => guest === this.#guest && this.#land()).catch(() => {})
  }

  #land() {
    const tile = this.#guest?.firstElementChild
    if (tile) soften(tile)
    this.#guest?.remove()
    this.#guest = undefined
  }

  async #refresh() {
    const turn = ++this.#turn
    const picture = document.createElement("canvas")
    picture.className = "mural"
    const address = `/wall/picture.jpg?${this.#wishes.only}&v=${Date.now()}-${turn}`
    const drawing = draw(picture, address).then(() => true, () => false)
    const [told, isDrawn] = await Promise.all([this.#ask(""), drawing])
    if (turn !== this.#turn || !isDrawn) return

    clearTimeout(this.#old)
    this.#old = undefined
    this.#picture?.remove()
    this.#picture = picture
    this.#element.prepend(picture)
    if (told.room !== undefined) this.#wishes.told(told.room)
  }

  async #ask(id) {
    try {
      const query = `${this.#wishes.only}&show=${encodeURIComponent(id)}`
      const answer = await fetch(`/wall/picture?${query}`, { cache: "no-store" })
      return answer.ok ? await answer.json() : {}
    } catch {
      return {}
    }
  }
}

function cellRow(cell, columns, rows) {
  return (Math.floor(cell / columns) + 0.5) / rows
}
