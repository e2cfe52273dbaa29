/** How the walls show photos: one choice of four, the same on every screen. */

import { post } from "./post.js"

export class WallMode {
  #choices
  #mode
  #failed

  /** `failed(words)` is told when the walls did not follow. */
  constructor(choices, failed) {
    this.#choices = choices
    this.#failed = failed
    this.#mode = choices.querySelector(":checked")?.value
    choices.addEventListener("change", ({ target }) => this.#choose(target.value))
    // The arrows choose here, and no card in the queue.
    choices.addEventListener("keydown", (event) => event.stopPropagation())
  }

  /** Show what is chosen now. */
  show(mode) {
    this.#mode = mode
    for (const each of this.#choices.querySelectorAll("input")) {
      each.checked = each.value === mode
    }
  }

  async #choose(mode) {
    const { status, said } = await post("/wall/mode", { mode })
    if (status === 401 || status === 403) location.reload()
    if (status !== 200) this.#failed(said.message)
    this.show(status === 200 ? said.mode : this.#mode)
  }
}
