/** What a volunteer does to a pledge: one post, what came of it in words, the way back. */

import { post } from "./post.js"

const SETTLE = 300 // ms after an act: a double tap must not decide the next one
const GONE = new Set(["decision", "withdraw", "restore"]) // acts after which a card goes
const UNDOABLE = 20 // decisions the booth can take back
const ERASED = 10_000 // ms after which what was removed cannot come back

export class Acts {
  #toast
  #words
  #wishes
  #done // the newest decisions, oldest first: { id, code, decision, at }
  #isBusy = false

  /**
   * `words` says what was done, by act; `gone(id, revision)` is told whose card goes,
   * a request's without its revision; `counted` the new tallies, `back(id)` which card
   * is to come back, `lost(id)` that it does not. What this device decided before its
   * page was opened is in `words.done`: ages in seconds, the newest last.
   */
  constructor(toast, words, wishes) {
    this.#toast = toast
    this.#words = words
    this.#wishes = wishes
    const now = performance.now()
    const done = JSON.parse(words.done)
    this.#done = done.map(({ age, ...each }) => ({ ...each, at: now - age * 1000 }))
  }

  /** Decide on a waiting card. */
  async decide(decision, { pledge: id, code, revision }) {
    const body = { decision, revision: Number(revision) }
    const told = { id, code, revision, said: decision }
    const isDone = await this.#tell("decision", told, body)
    if (isDone) this.remember([{ id, code, decision }])
  }

  /** Answer a guest's request: "withdraw" or "restore". */
  answer(answer, { pledge: id, code }) {
    return this.#tell(answer, { id, code, said: answer })
  }

  /** Note decisions that undo brings back, the newest last. */
  remember(decisions) {
    const at = performance.now()
    this.#done.push(...decisions.map((each) => ({ ...each, at })))
    this.#done = this.#done.slice(-UNDOABLE)
  }

  /** How many decisions undo may still bring back. */
  get undoable() {
    return this.#done.length
  }

  /** Bring the newest decision back to this page; a removal only while it may. */
  async undo(page) {
    if (this.#isBusy || !this.#done.length) return

    const late = this.#skipErased()
    const last = this.#done.at(-1)
    if (last) await this.#bringBack(last, page, late)
    else this.#toast.say(late)
  }

  async #bringBack(last, page, late) {
    this.#wishes.back(last.id)
    const before = `${late} `.trimStart()
    const { id, code } = last
    const told = { id, code, said: "undo", before }
    const isDone = await this.#tell("undo", told, { page })
    if (isDone !== null) this.#done = this.#done.filter((each) => each !== last)
    if (!isDone) this.#wishes.lost(id)
  }

  /** Forget the removals whose time is over, and say so. */
  #skipErased() {
    const since = performance.now() - ERASED
    const codes = []
    while (this.#done.at(-1)?.decision === "removed" && this.#done.at(-1).at < since) {
      codes.push(this.#done.pop().code)
    }
    return codes.length ? this.#line("erased", codes.join(", ")) : ""
  }

  /** Return whether it was done; null when nobody answered. */
  async #tell(verb, { id, code, revision, said, before = "" }, body = {}) {
    if (this.#isBusy) return null

    this.#isBusy = true
    const { status, said: answer } = await post(`/pledges/${id}/${verb}`, body)
    const isDone = status === 200
    if (status === 401 || status === 403) location.reload()
    const isLate = status === 409 && answer.decision !== "waiting" // else: only mended
    if (GONE.has(verb) && (isDone || isLate)) this.#wishes.gone(id, revision)
    if (answer.tallies) this.#wishes.counted(answer.tallies)
    const isBack = said === "undo" && answer.decision !== "waiting"
    if (isDone && isBack) this.#wishes.lost(id) // it was none of the queue's
    const line = this.#line(isBack ? "back" : said, code)
    const words = isDone ? before + line : answer.message
    this.#toast.say(words ?? this.#words.saidNothing, {
      canUndo: isDone && verb === "decision",
    })
    setTimeout(() => (this.#isBusy = false), SETTLE)
    return status ? isDone : null
  }

  #line(said, code) {
    const name = `said${said[0].toUpperCase()}${said.slice(1)}`
    return this.#words[name].replace("{code}", code)
  }
}
