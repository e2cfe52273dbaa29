/** One touch for many photos: what came of each, in a sentence. */

import { post } from "./post.js"

export class Bulk {
  #acts
  #wishes
  #isBusy = false

  /** `gone(id)` is told whose card goes, `counted` the new tallies, `say(…)` what came. */
  constructor(acts, wishes) {
    this.#acts = acts
    this.#wishes = wishes
  }

  /** Decide about all of these cards. */
  async decide(decision, cards) {
    if (this.#isBusy || !cards.length) return

    this.#isBusy = true
    const pledges = cards.map(({ dataset }) => ({
      id: dataset.pledge,
      revision: Number(dataset.revision),
    }))
    const { status, said } = await post("/pledges/decisions", { decision, pledges })
    this.#isBusy = false
    if (status === 401 || status === 403) location.reload()
    if (status === 200) this.#tell(decision, cards, said)
    else this.#wishes.say(said.message)
  }

  #tell(decision, cards, { outcomes, tallies }) {
    const came = (outcome) =>
      cards.filter(({ dataset }) => outcomes[dataset.pledge] === outcome)
    const done = came("done")
    this.#acts.remember(
      done.map(({ dataset: { pledge: id, code } }) => ({ id, code, decision })),
    )
    for (const card of [...done, ...came("late")]) this.#wishes.gone(card.dataset.pledge)
    this.#wishes.counted(tallies)
    const counts = { late: came("late").length, alone: came("alone").length }
    this.#wishes.told(decision, done.length, { ...counts, failed: came("failed").length })
  }
}
