/** The campaign's picture: everybody is one tile of it, and the newest one flies there. */

import { fetched, paint, sharpen, soften } from "./photo.js"
import { isStill } from "./rest.js"

const PATIENCE = 1_000 // ms an old picture may stay when somebody has left it
const ANSWER = 5_000 // ms a question may take
const FLIGHT = 640 // ms: --m-stage

export class Mural {
  #element
  #wishes
  #picture
  #guest // the slot of who was just added
  #turn = 0 // of who is in the picture: an answer from before somebody left is void
  #refreshing // the promise of the picture under way, and of the one after it
  #isStale = false // whether one more is wanted
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
    this.#old ??= setTimeout(() => this.#drop(), PATIENCE)
    this.#turn += 1
    this.#refresh()
  }

  /** Hang the picture as it is now; wait until it hangs, or does not come. */
  settle() {
    return this.#refresh()
  }

  clear() {
    this.#turn += 1
    this.#isStale = false
    this.#arriving += 1
    clearTimeout(this.#old)
    this.#old = undefined
    this.#land()
    this.#drop()
    this.#element.replaceChildren()
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

  /** Have the picture made anew: one at a time, and one more for all that comes then. */
  #refresh() {
    this.#isStale = true
    this.#refreshing ??= this.#renew()
    return this.#refreshing
  }

  async #renew() {
    while (this.#isStale) {
      this.#isStale = false
      await this.#redraw()
    }
    this.#refreshing = undefined
  }

  async #redraw() {
    const turn = this.#turn
    const address = `/wall/picture.jpg?${this.#wishes.only}&v=${Date.now()}`
    const coming = fetched(address).catch(() => undefined)
    const [told, drawn] = await Promise.all([this.#ask(""), coming])
    if (turn !== this.#turn || !drawn) return drawn?.close()

    clearTimeout(this.#old)
    this.#old = undefined
    this.#drop()
    this.#picture = document.createElement("canvas")
    this.#picture.className = "mural"
    paint(this.#picture, drawn)
    this.#element.prepend(this.#picture)
    if (told.room !== undefined) this.#wishes.told(told.room)
  }

  /** Take the picture down, and its pixels with it. */
  #drop() {
    if (!this.#picture) return

    this.#picture.remove()
    this.#picture.width = 0
    this.#picture = undefined
  }

  async #ask(id) {
    try {
      const query = `${this.#wishes.only}&show=${encodeURIComponent(id)}`
      const answer = await fetch(`/wall/picture?${query}`, {
        cache: "no-store",
        signal: AbortSignal.timeout(ANSWER),
      })
      return answer.ok ? await answer.json() : {}
    } catch {
      return {}
    }
  }
}

function cellRow(cell, columns, rows) {
  return (Math.floor(cell / columns) + 0.5) / rows
}
