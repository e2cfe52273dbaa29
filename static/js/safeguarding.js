/** A promise that may ask for help: its words alone, what to do, and whom to call. */

const HELP = "help"

export class Safeguarding {
  #screen
  #looked // the pledge whose photo a volunteer asked to see, by id

  constructor(screen) {
    this.#screen = screen
  }

  get isOpen() {
    return this.#screen.hasAttribute("data-guarded")
  }

  /** Whether this card's photo is not to be seen yet: nobody has asked to look. */
  hides(card) {
    return mayNeedHelp(card) && card.dataset.pledge !== this.#looked
  }

  /** How often a removal is asked about: once, and once more for a cry for help. */
  asks(card) {
    return mayNeedHelp(card) ? 2 : 1
  }

  /** Stand in for this card where it may ask for help; another one closes it. */
  show(card) {
    if (card?.dataset.pledge !== this.#looked) this.#looked = undefined
    const isOpen = this.hides(card)
    this.#screen.toggleAttribute("data-guarded", isOpen)
    if (isOpen) this.#draw(card)
  }

  /** Show the card itself: it is not that, or is it? */
  look(card) {
    this.#looked = card.dataset.pledge
  }

  #draw(card) {
    for (const name of ["words", "who"]) {
      const place = this.#screen.querySelector(`.guard__${name}`)
      const told = card.querySelector(`.case__${name}`)
      if (place.textContent !== told.textContent) place.textContent = told.textContent
      place.lang = told.lang
    }
  }
}

/** Whether a card's words may ask for help. */
export function mayNeedHelp(card) {
  return Boolean(card?.dataset.flags?.split(" ").includes(HELP))
}
