/** The waiting cards, oldest first: one is shown, the rail holds them all. */

const NEAR = 2 // cards whose photos are fetched before their turn

export class Queue {
  #cases
  #rail
  #current // a pledge's id

  constructor(cases, rail) {
    this.#cases = cases
    this.#rail = rail
    rail.addEventListener("click", ({ target }) => {
      const id = target.closest("[data-pledge]")?.dataset.pledge
      if (id) this.show(id)
    })
    ;[...cases.children].forEach((card) => this.#rail.append(stub(card)))
    this.show()
  }

  /** The card on which the next touch decides. */
  get current() {
    return this.card(this.#current)
  }

  get cards() {
    return [...this.#cases.children]
  }

  get ids() {
    return this.cards.map(({ dataset }) => dataset.pledge)
  }

  card(id) {
    return this.cards.find(({ dataset }) => dataset.pledge === id)
  }

  add(card) {
    const number = Number(card.dataset.number)
    const place = this.cards.findIndex(({ dataset }) => Number(dataset.number) > number)
    const [followed, stubbed] = [this.#cases, this.#rail].map(
      (list) => list.children[place],
    )
    this.#cases.insertBefore(card, followed ?? null)
    this.#rail.insertBefore(stub(card), stubbed ?? null)
  }

  remove(id) {
    const place = this.cards.indexOf(this.card(id))
    if (place < 0) return

    this.#cases.children[place].remove()
    this.#rail.children[place].remove()
    if (id === this.#current) this.show(this.cards[place]?.dataset.pledge)
  }

  /** Show one card: that one, else the one shown, else the oldest. */
  show(id = this.#current) {
    const card = this.card(id) ?? this.cards[0]
    this.#current = card?.dataset.pledge
    this.cards.forEach((each) => (each.hidden = each !== card))
    for (const each of this.#rail.children) {
      each.ariaCurrent = each.dataset.pledge === this.#current ? "true" : null
    }
    this.#rail.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" })
    this.#fetchAhead(this.cards.indexOf(card))
  }

  /** Show the card that many places on. */
  step(places) {
    const place = this.cards.indexOf(this.current) + places
    if (this.cards[place]) this.show(this.cards[place].dataset.pledge)
  }

  #fetchAhead(place) {
    const near = this.cards.slice(place, place + 1 + NEAR)
    near.forEach((card) => (card.querySelector("img").loading = "eager"))
  }
}

function stub(card) {
  const button = document.createElement("button")
  const picture = new Image()
  picture.loading = "lazy"
  picture.alt = card.dataset.code
  picture.src = card.dataset.thumb
  button.type = "button"
  button.dataset.pledge = card.dataset.pledge
  button.append(picture)
  const mark = card.querySelector("[data-flag] .icon")?.cloneNode(true)
  mark?.classList.add("rail__mark")
  if (mark) button.append(mark)
  button.dataset.flags = card.dataset.flags
  return button
}
