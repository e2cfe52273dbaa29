/** What a wall shows when: who was just approved; between them who hangs, and facts. */

import { Lights } from "./lights.js"

const TURN = 8_000 // ms that a photo of earlier, or a fact, is shown
const FACT_EVERY = 5 // turns with nothing new
const OTHERS_EVERY = 4 // turns after which older photos come back
const AHEAD = 6_000 // ms before somebody's time in which they have to hang
const AGAIN = 1_000 // ms between two questions for who does not
const SOON = 1_500 // ms before somebody's time in which nothing else begins

export class Programme {
  #lights = new Lights()
  #wishes
  #shown // the id in the light, if any
  #ends = 0 // when what is shown may give way, ms
  #turns = 0
  #asksAgain = 0 // when who comes may be asked for once more, ms

  /**
   * `light(id, { isNew, lasts })` puts a promise in the light, `fact(number)` shows a
   * fact instead, `others()` asks for who comes next, and for older photos,
   * `between()` is told of each pause with nothing new; `hanging()` are the ids to
   * choose from.
   */
  constructor({ light, fact, others, between, hanging }) {
    this.#wishes = { light, fact, others, between, hanging }
  }

  follow(schedule) {
    this.#lights.follow(schedule)
  }

  /** When a promise's time in the light begins, or began; nothing once it is over. */
  startOf(id) {
    return this.#lights.startOf(id)
  }

  /** Begin anew: nothing is in the light. */
  reset() {
    this.#shown = undefined
    this.#ends = 0
  }

  /** Look what is due; called a few times a second. */
  turn() {
    const now = performance.now()
    const lit = this.#lights.current
    const ids = this.#wishes.hanging()
    this.#fetchWhoComes(ids, now)
    const isGone = this.#shown && !ids.includes(this.#shown)
    if (lit && ids.includes(lit.id)) this.#light(lit.id, lit.ends - now, true)
    else if (ids.length && (isGone || now >= this.#ends)) this.#pause(ids, now)
  }

  /** Ask for who had to make room, before their time in the light. */
  #fetchWhoComes(ids, now) {
    const isAway = this.#lights.within(AHEAD).some(({ id }) => !ids.includes(id))
    if (!isAway || now < this.#asksAgain) return

    this.#asksAgain = now + AGAIN
    this.#wishes.others()
  }

  #light(id, lasts, isNew) {
    this.#ends = performance.now() + lasts
    if (id === this.#shown) return

    this.#shown = id
    this.#wishes.light(id, { isNew, lasts })
  }

  #pause(ids, now) {
    const [next] = this.#lights.next
    const wait = next ? next.starts - now : Infinity
    if (wait < SOON) return

    this.#turns += 1
    this.#wishes.between()
    if (this.#turns % OTHERS_EVERY === 0) this.#wishes.others()
    if (wait > TURN && this.#turns % FACT_EVERY === 0) this.#fact(now)
    else this.#light(another(ids, this.#shown), TURN, false)
  }

  #fact(now) {
    this.#shown = undefined
    this.#ends = now + TURN
    this.#wishes.fact(this.#turns / FACT_EVERY)
  }
}

/** Any of them but that one, unless there is no other. */
function another(ids, shown) {
  const choice = ids.length > 1 ? ids.filter((id) => id !== shown) : ids
  return choice[Math.floor(Math.random() * choice.length)]
}
