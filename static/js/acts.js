/** What a volunteer does to a pledge: one post, what came of it in words, the way back. */

import { post } from "./post.js"

const SETTLE = 300 // ms after an act: a double tap must not decide the next one
const GONE = new Set(["decision", "withdraw", "restore"]) // acts after which a card goes

export class Acts {
  #toast
  #words
  #wishes
  #last // the newest decision's pledge: { id, code }
  #isBusy = false

  /**
   * `words` says what was done, by act; `gone(id, revision)` is told whose card goes,
   * a request's without its revision; `counted` the new tallies.
   */
  constructor(toast, words, { gone, counted }) {
    this.#toast = toast
    this.#words = words
    this.#wishes = { gone, counted }
  }

  /** Decide on a waiting card. */
  async decide(decision, { pledge: id, code, revision }) {
    const body = { decision, revision: Number(revision) }
    const isDone = await this.#tell(
      "decision",
      { id, code, revision, said: decision },
      body,
    )
    if (isDone) this.#last = { id, code }
  }

  /** Answer a guest's request: "withdraw" or "restore". */
  answer(answer, { pledge: id, code }) {
    return this.#tell(answer, { id, code, said: answer })
  }

  /** The pledge that undo would bring back, while its time runs. */
  get undoable() {
    return this.#toast.canUndo ? this.#last?.id : undefined
  }

  /** Bring it back to this page, by its name. */
  async undo(page) {
    const isDone = await this.#tell("undo", { ...this.#last, said: "undo" }, { page })
    if (isDone) this.#last = undefined
  }

  async #tell(verb, { id, code, revision, said }, body = {}) {
    if (this.#isBusy) return false

    this.#isBusy = true
    const { status, said: answer } = await post(`/pledges/${id}/${verb}`, body)
    const isDone = status === 200
    if (status === 401 || status === 403) location.reload()
    const isLate = status === 409 && answer.decision !== "waiting" // else: only mended
    if (GONE.has(verb) && (isDone || isLate)) this.#wishes.gone(id, revision)
    if (answer.tallies) this.#wishes.counted(answer.tallies)
    const words = isDone ? this.#line(said, code) : answer.message
    this.#toast.say(words ?? this.#words.saidNothing, {
      canUndo: isDone && verb === "decision",
    })
    setTimeout(() => (this.#isBusy = false), SETTLE)
    return isDone
  }

  #line(said, code) {
    const name = `said${said[0].toUpperCase()}${said.slice(1)}`
    return this.#words[name].replace("{code}", code)
  }
}
