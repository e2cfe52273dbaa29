/** The hall's wall: approved promises as they come, and words alone when cut off. */

import { Board } from "./board.js"
import { holdKey } from "./hold.js"
import { drawn, listen } from "./live.js"
import { post } from "./post.js"

const UNEASY = 12 // seconds of silence until a small grey sign
const BLANK = "b" // the key that, held, blanks every wall
const CUT = 30 // seconds of silence until no photo hangs: a removal could not reach us

class WallScreen extends HTMLElement {
  #board
  #wanted = new Map() // a pledge's id to the tile that hangs, or is on its way
  #arrivals = 0

  connectedCallback() {
    this.#board = new Board(this.querySelector(".wall__board"))
    const arriving = [...this.querySelectorAll(".wall__arriving > *")].reverse()
    const entries = arriving.map((tile) => ({
      id: tile.dataset.pledge,
      html: tile.outerHTML,
    }))
    this.#hangAll(entries).then(() => this.#board.settle())
    this.querySelector(".wall__arriving").replaceChildren()
    holdKey(BLANK, () => this.#blank())
    this.connection = listen("wall", {
      feed: this.dataset.feed,
      cursor: this.dataset.cursor,
      apply: (news) => this.#apply(news),
      quiet: (seconds, isFailing) => this.#quiet(seconds, isFailing),
    })
  }

  disconnectedCallback() {
    this.connection.close()
  }

  #apply({ reset, entries, promises, is_blank: isBlank }) {
    this.toggleAttribute("data-blank", isBlank)
    if (reset) this.#keepOnly(new Set(entries.map(({ id }) => id)))
    entries
      .filter(({ id, html }) => id && !html)
      .forEach(({ id }) => this.#takeDown(id))
    const hung = this.#hangAll(entries.filter(({ html }) => html))
    if (reset) hung.then(() => this.#board.settle())
    if (promises !== undefined) this.#count(promises)
    delete this.dataset.cut
  }

  #keepOnly(ids) {
    for (const id of [...this.#wanted.keys()]) if (!ids.has(id)) this.#takeDown(id)
  }

  #hangAll(entries) {
    return Promise.all(entries.map(({ id, html }) => this.#hang(id, html.trim())))
  }

  async #hang(id, html) {
    if (this.#wanted.get(id)?.source === html) return

    this.#takeDown(id)
    const tile = Object.assign(drawn(html), { source: html })
    tile.arrival = ++this.#arrivals
    this.#wanted.set(id, tile)
    this.#mood()
    await decoded(tile)
    if (this.#wanted.get(id) !== tile) return

    const fallen = this.#board.hang(tile)
    this.#wanted.delete(fallen?.dataset.pledge)
  }

  #takeDown(id) {
    const tile = this.#wanted.get(id)
    this.#wanted.delete(id)
    if (tile?.isConnected) this.#board.takeDown(tile)
    this.#mood()
  }

  #mood() {
    this.dataset.hung = Math.min(this.#wanted.size, 4)
  }

  #count(promises) {
    const words = new Intl.NumberFormat(document.documentElement.lang).format(promises)
    this.querySelector(".count__number").textContent = words
    this.querySelector(".goal__bar").value = promises
  }

  #quiet(seconds, isFailing) {
    this.#board.shine()
    const glyph = this.querySelector(".wall__silence")
    glyph.hidden = !isFailing && seconds < UNEASY
    glyph.querySelector("b").textContent = clock(seconds)
    if (seconds >= CUT) this.#cut()
  }

  /** Blank this wall before any answer, and all the others by it. */
  async #blank() {
    this.dataset.blank = ""
    this.#empty()
    await post("/wall/blank")
  }

  #cut() {
    this.dataset.cut = ""
    this.#empty()
  }

  #empty() {
    this.#wanted.clear()
    this.#board.clear()
    this.connection.forget()
    this.#mood()
  }
}

/** Wait for every picture of a tile; one that does not come leaves the words. */
async function decoded(tile) {
  const pictures = [...tile.querySelectorAll("img")]
  const answers = pictures.map((picture) =>
    picture.decode().catch(() => tile.classList.add("tile--words")),
  )
  await Promise.all(answers)
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

customElements.define("wall-screen", WallScreen)
