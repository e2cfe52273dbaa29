/** A typo in a waiting promise: its words in a field, until they are saved or left. */

import { letters, LONGEST } from "./booth/guest.js"
import { post } from "./post.js"

export class Mending {
  #form
  #field
  #wishes
  #held // the card whose words are mended
  #isBusy = false

  /**
   * `saved(code)` is told of mended words, `failed(words)` why they are not, `late()`
   * that somebody else was first; `drawn()` that the field has come or gone.
   */
  constructor(form, wishes) {
    this.#form = form
    this.#field = form.querySelector("textarea")
    this.#wishes = wishes
    this.#field.addEventListener("input", () => this.#count())
    this.#field.addEventListener("keydown", (event) => this.#pressed(event))
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.#save()
    })
  }

  /** The pledge whose words are in the field, by id. */
  get id() {
    return this.#held?.dataset.pledge
  }

  open(card) {
    const words = card.querySelector(".case__words")
    this.#held = card
    this.#field.value = words.textContent
    this.#field.lang = words.lang
    this.#form.hidden = false
    this.#count()
    this.#field.focus()
    this.#wishes.drawn()
  }

  close() {
    if (!this.#held) return

    this.#held = undefined
    this.#form.hidden = true
    this.#field.blur()
    this.#wishes.drawn()
  }

  /** Mind what became of the card: drawn again it says the same, else we are late. */
  follow(card) {
    if (this.#isBusy) return // the answer tells

    if (card && textOf(card) === textOf(this.#held)) {
      this.#held = card
    } else {
      this.close()
      this.#wishes.late()
    }
  }

  #pressed(event) {
    if (event.key !== "Enter" || event.isComposing) return

    event.preventDefault() // a promise is one line
    this.#form.requestSubmit()
  }

  #count() {
    const left = LONGEST - letters(this.#field.value, this.#field.lang)
    const place = this.#form.querySelector(".mend__left")
    const words = left < 0 ? place.dataset.over : place.dataset.left
    place.textContent = words.replace("{value}", Math.abs(left))
    place.toggleAttribute("data-is-over", left < 0)
    this.#refuse("")
  }

  #refuse(words) {
    const place = this.#form.querySelector(".mend__refusal")
    place.textContent = words
    place.hidden = !words
  }

  async #save() {
    if (this.#isBusy) return

    this.#isBusy = true
    const { pledge, code, revision } = this.#held.dataset
    const body = { words: this.#field.value, revision: Number(revision) }
    const { status, said } = await post(`/pledges/${pledge}/words`, body)
    this.#isBusy = false
    if (this.id !== pledge) return // left meanwhile
    this.#answered(status, said.message, code)
  }

  #answered(status, message, code) {
    if (status === 401 || status === 403) location.reload()
    if (status === 200 || status === 404 || status === 409) this.close()
    if (status === 200) this.#wishes.saved(code)
    else if (this.id) this.#refuse(message ?? this.#wishes.nothing)
    else this.#wishes.failed(message)
  }
}

function textOf(card) {
  return card.querySelector(".case__words")?.textContent
}
