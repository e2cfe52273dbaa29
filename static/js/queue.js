/**
 * The waiting cards, oldest first: one is shown, the rail has a place for each. A guest
 * who is asked for another photo is not waited for: theirs comes behind all others.
 */

import { mayNeedHelp } from "./safeguarding.js"

const NEAR = 2 // cards whose photos are fetched before their turn
const LEAST = 2 // cards a screen holds: the one shown, and the next
const BEHIND = 1e9 // more than any promise's number
const SETTLE = 300 // ms in which a touch was still meant for the last card
const PITCH = 118 // px from one place of the rail to the next

export class Queue {
  #cases
  #rail
  #stub
  #asks
  #hides
  #current // a pledge's id
  #wished // the id of the one that is to be shown once this screen may
  #left // the id of the one that is shown only while there is no other
  #turnedAt = -SETTLE // when another card came that nobody here had wished for
  #held = new Set()
  #others = new Set()

  /**
   * `stub` is the template of a place in the rail; `asks()` is told when another card
   * is wanted than this screen holds, `hides(card)` says whose photo no rail shows.
   */
  constructor(cases, rail, stub, { asks, hides }) {
    this.#cases = cases
    this.#rail = rail
    this.#stub = stub
    this.#asks = asks
    this.#hides = hides
    rail.addEventListener("click", ({ target }) => {
      const id = target.closest("[data-pledge]")?.dataset.pledge
      if (id) this.show(id)
    })
    cases.append(...this.cards.sort((one, other) => turnOf(one) - turnOf(other)))
    this.cards.forEach((card) => this.#rail.append(this.#place(card)))
    this.#settle()
  }

  /** The card on which the next touch decides. */
  get current() {
    return this.card(this.#current)
  }

  /** Whether the card has been shown for as long as a touch takes that is meant for it. */
  get isSettled() {
    return performance.now() - this.#turnedAt >= SETTLE
  }

  /** Decide nothing for the moment of a second touch. */
  rest() {
    this.#turnedAt = performance.now()
  }

  get cards() {
    return [...this.#cases.children]
  }

  get ids() {
    return this.cards.map(({ dataset }) => dataset.pledge)
  }

  /** What this screen would hold, the most urgent first, and how much of it. */
  get wanted() {
    const urgent = [this.#wished, this.#current].filter(Boolean)
    const most = Math.max(LEAST, Math.ceil(this.#rail.clientHeight / PITCH))
    return { ids: [...new Set([...urgent, ...this.ids])], most }
  }

  /** The cards that this screen may show, oldest first. */
  get mine() {
    return this.cards.filter((card) => this.#holds(card))
  }

  card(id) {
    return this.cards.find(({ dataset }) => dataset.pledge === id)
  }

  add(card) {
    const place = this.cards.findIndex((each) => turnOf(each) > turnOf(card))
    const [followed, stubbed] = [this.#cases, this.#rail].map(
      (list) => list.children[place],
    )
    this.#cases.insertBefore(card, followed ?? null)
    this.#rail.insertBefore(this.#place(card), stubbed ?? null)
    this.#settle()
  }

  remove(id) {
    const place = this.cards.indexOf(this.card(id))
    if (place < 0) return

    this.#cases.children[place].remove()
    this.#rail.children[place].remove()
    if (id === this.#wished) this.#wished = undefined
    if (id === this.#left) this.#left = undefined
    if (id === this.#current) {
      this.rest()
      const next = this.cards.slice(place).find((card) => this.#holds(card))
      this.#current = next?.dataset.pledge
    }
    this.#settle()
  }

  /** Say which cards this screen holds, and which somebody else looks at. */
  hold(held, others) {
    this.#held = held
    this.#others = others
    if (others.has(this.#wished)) this.#wished = undefined
    this.#settle()
  }

  /** Show another card than this, as soon as this screen holds one. */
  leave(id) {
    this.#left = id
    this.#settle()
  }

  /** Show that card, as soon as this screen holds it. */
  show(id) {
    if (id === this.#left) this.#left = undefined
    this.#wished = this.#others.has(id) ? undefined : id
    this.#settle()
    if (this.#wished) this.#asks()
  }

  /** Wait no longer for that card. */
  forget(id) {
    if (id === this.#wished) this.#wished = undefined
  }

  /** Show the card that many places on, of those that nobody else looks at. */
  step(places) {
    const free = this.ids.filter((id) => !this.#others.has(id))
    const place = free.indexOf(this.#current) + places
    if (free[place]) this.show(free[place])
  }

  #holds(card) {
    return this.#held.has(card?.dataset.pledge)
  }

  /** Show the card that is wished for, else the one shown, else the oldest. */
  #settle() {
    const shown = this.#current === this.#left ? undefined : this.#current
    const wished = [this.#wished, shown].map((id) => this.card(id))
    const card = [...wished, ...this.cards].find((each) => this.#holds(each))
    const isWished = card && card === wished[0]
    if (shown && card !== this.current && !isWished) this.rest()
    this.#current = card?.dataset.pledge
    if (this.#current === this.#wished) this.#wished = undefined
    this.cards.forEach((each) => (each.hidden = each !== card))
    this.cards.forEach((each, place) => this.#draw(this.#rail.children[place], each))
    this.#rail.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" })
    this.#fetchAhead(this.cards.indexOf(card))
  }

  /** What this screen does not hold, or hides, is a place without a photo. */
  #draw(stub, card) {
    const { pledge, thumb, code } = card.dataset
    const picture = stub.querySelector("img")
    const isHeld = this.#held.has(pledge)
    const isSeen = isHeld && !this.#isHidden(card)
    if (isSeen && picture.getAttribute("src") !== thumb) picture.src = thumb
    if (!isSeen) picture.removeAttribute("src")
    picture.hidden = !isSeen
    stub.toggleAttribute("data-guarded", isHeld && !isSeen)
    stub.toggleAttribute("data-busy", this.#others.has(pledge))
    stub.ariaLabel = isHeld ? code : this.#said(pledge)
    stub.ariaCurrent = pledge === this.#current ? "true" : null
  }

  /** Whoever goes on to another card looks at this one no more. */
  #isHidden(card) {
    return this.#hides(card) || (mayNeedHelp(card) && card !== this.current)
  }

  #said(id) {
    const { busy, waits } = this.#stub.dataset
    return this.#others.has(id) ? busy : waits
  }

  #place(card) {
    const stub = document.importNode(this.#stub.content, true).firstElementChild
    stub.dataset.pledge = card.dataset.pledge
    stub.dataset.flags = card.dataset.flags
    const mark = card.querySelector("[data-flag] .icon")?.cloneNode(true)
    mark?.classList.add("rail__mark")
    if (mark) stub.append(mark)
    return stub
  }

  #fetchAhead(place) {
    const near = this.cards.slice(place, place + 1 + NEAR)
    for (const card of near.filter((each) => this.#holds(each))) {
      card.querySelector("img").loading = "eager"
    }
  }
}

/** Whether the guest of a card is asked for another photo, and has not answered. */
export function isAsked(card) {
  return card?.dataset.retake === "asked"
}

function turnOf(card) {
  return Number(card.dataset.number) + (isAsked(card) ? BEHIND : 0)
}
