/** Many photos at once: those that are alike in nothing but being fine. */

import { hasCome } from "./came.js"
import { mayNeedHelp } from "./safeguarding.js"

const MOST = 21 // photos a tablet shows at once: seven by three
const FEW = 12 // photos a phone does: three by four
const PHONE = "(max-width: 699px)"

/** How many photos this screen shows at once. */
export function most() {
  return matchMedia(PHONE).matches ? FEW : MOST
}

export class Grid {
  #section
  #tiles
  #tile
  #chosen = new Set()
  #opens

  /** `opens(id)` is told which locked photo is to be looked at by itself. */
  constructor(section, opens) {
    this.#section = section
    this.#tiles = section.querySelector(".grid__tiles")
    this.#tile = section.querySelector("template")
    this.#opens = opens
    this.#tiles.addEventListener("click", ({ target }) => {
      const tile = target.closest("[data-pledge]")
      if (tile) this.#touched(tile)
    })
  }

  /** Show these cards and no others, oldest first. */
  show(cards) {
    const ids = new Set(cards.map(({ dataset }) => dataset.pledge))
    this.#chosen.forEach((id) => ids.has(id) || this.#chosen.delete(id))
    for (const tile of [...this.#tiles.children]) {
      if (!ids.has(tile.firstElementChild.dataset.pledge)) tile.remove()
    }
    cards.forEach((card, place) => {
      const tile = this.#find(card) ?? this.#draw(card)
      const there = this.#tiles.children[place]
      if (there !== tile) this.#tiles.insertBefore(tile, there ?? null)
    })
    this.#drawChoice()
  }

  /** The ids of the chosen. */
  get chosen() {
    return this.#chosen
  }

  /** Choose all that may be, or none. */
  choose(isAll) {
    const free = this.#buttons.filter((each) => isFree(each) && hasCome(photoOf(each)))
    this.#chosen = new Set(isAll ? free.map(idOf) : [])
    this.#drawChoice()
  }

  get #buttons() {
    return [...this.#tiles.children].map((tile) => tile.firstElementChild)
  }

  #find({ dataset }) {
    const tiles = [...this.#tiles.children]
    const tile = tiles.find(
      ({ firstElementChild: { dataset: shown } }) => shown.pledge === dataset.pledge,
    )
    if (tile?.firstElementChild.dataset.revision === dataset.revision) return tile

    tile?.remove()
    return undefined
  }

  #draw(card) {
    const { dataset } = card
    const tile = document.importNode(this.#tile.content, true).firstElementChild
    const [button] = tile.children
    const reason = reasonOf(card)
    const why = this.#tile.dataset[reason]
    button.dataset.pledge = dataset.pledge
    button.dataset.revision = dataset.revision
    button.dataset.locked = reason
    if (reason === "help") button.querySelector("img").hidden = true
    else button.querySelector("img").src = dataset.thumb
    button.querySelector(".gt__why").textContent = why ?? ""
    button.ariaLabel = why ? `${dataset.code}. ${why}` : dataset.code
    return tile
  }

  #touched(button) {
    const id = idOf(button)
    if (!isFree(button)) this.#opens(id)
    else if (!hasCome(photoOf(button))) return
    else if (!this.#chosen.delete(id)) this.#chosen.add(id)
    this.#drawChoice()
  }

  #drawChoice() {
    const count = this.#chosen.size
    for (const button of this.#buttons) {
      button.ariaPressed = isFree(button) ? String(this.#chosen.has(idOf(button))) : null
    }
    for (const place of this.#section.querySelectorAll("[data-chosen]")) {
      place.textContent = place.dataset.chosen.replace("{count}", count)
    }
    for (const each of this.#section.querySelectorAll(".bulk [data-do]")) {
      each.disabled = !count
    }
    const isAll = count > 0 && count === this.#buttons.filter(isFree).length
    this.#section.querySelector('[data-do="all"]').hidden = isAll
    this.#section.querySelector('[data-do="all"]').disabled = false
    this.#section.querySelector('[data-do="none"]').hidden = !isAll
  }
}

/** Why a photo is opened by itself: nothing, for most. */
function reasonOf(card) {
  if (mayNeedHelp(card)) return "help"
  if (card.dataset.flags) return "flag"
  return "children" in card.dataset ? "children" : ""
}

function isFree({ dataset }) {
  return !dataset.locked
}

function photoOf(button) {
  return button.querySelector("img")
}

function idOf({ dataset }) {
  return dataset.pledge
}
