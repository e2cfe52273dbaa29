/** One touch for many photos: what came of each, in a sentence. */

import { Grid } from "./grid.js"
import { post } from "./post.js"

const DONE = { approved: "manyApproved", private: "manyPrivate", removed: "manyRemoved" }

export class Bulk {
  #section
  #grid
  #sure
  #acts
  #words
  #wishes
  #cards = []
  #isBusy = false

  /**
   * `words` says what was done. `opens(id)` is told which photo is to be looked at by
   * itself, `gone(id, revision)` whose card goes, `counted` the new tallies, `said(words,
   * canUndo)` what came of it.
   */
  constructor(section, sure, acts, words, wishes) {
    this.#section = section
    this.#grid = new Grid(section, wishes.opens)
    this.#sure = sure
    this.#acts = acts
    this.#words = words
    this.#wishes = wishes
  }

  /** Show these cards to choose from. */
  show(cards) {
    this.#cards = cards
    this.#grid.show(cards)
  }

  do(wish) {
    if (wish === "all" || wish === "none") this.#grid.choose(wish === "all")
    else if (wish === "ask") this.#ask()
    else if (wish in DONE) this.#decide(wish)
  }

  #ask() {
    const [remove, sure] = this.#section.querySelectorAll('[data-do="ask"]')
    const set = (isAsking) => {
      remove.hidden = isAsking
      sure.hidden = !isAsking
    }
    if (!sure.hidden) this.#decide("removed")
    else if (this.#grid.chosen.size)
      this.#sure.ask(
        () => set(true),
        () => set(false),
      )
  }

  async #decide(decision) {
    this.#sure.calm()
    const { chosen } = this.#grid
    const cards = this.#cards.filter(({ dataset }) => chosen.has(dataset.pledge))
    if (this.#isBusy || !cards.length) return

    this.#isBusy = true
    const pledges = cards.map(({ dataset: { pledge: id, revision } }) => ({
      id,
      revision: Number(revision),
    }))
    const { status, said } = await post("/pledges/decisions", { decision, pledges })
    this.#isBusy = false
    if (status === 401 || status === 403) location.reload()
    if (status === 200) this.#tell(decision, cards, said)
    else this.#wishes.said(said.message ?? this.#words.saidNothing, false)
  }

  #tell(decision, cards, { outcomes, tallies }) {
    const all = cards.map(({ dataset }) => dataset)
    const came = (outcome) => all.filter(({ pledge }) => outcomes[pledge] === outcome)
    const [done, late, alone, failed] = ["done", "late", "alone", "failed"].map(came)
    this.#acts.remember(done.map(({ pledge: id, code }) => ({ id, code, decision })))
    for (const each of [...done, ...late]) this.#wishes.gone(each.pledge, each.revision)
    this.#wishes.counted(tallies)
    const sentences = [
      this.#say(DONE[decision], done.length),
      this.#say("manyLate", late.length),
      this.#say("manyAlone", alone.length),
      this.#say("manyFailed", failed.length),
      done.length > 1 && this.#words.manyUndo,
    ]
    this.#wishes.said(sentences.filter(Boolean).join(" "), done.length > 0)
  }

  #say(name, count) {
    return count && this.#words[name].replace("{count}", count)
  }
}
