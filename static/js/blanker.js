/** The button that blanks every wall, and the bar that says they are. */

import { Hold } from "./hold.js"
import { post } from "./post.js"

export class Blanker {
  #button
  #bar
  #failed

  /** `bar` is where the screen has one; `failed()` is told when nobody answered. */
  constructor(button, bar, failed) {
    this.#button = button
    this.#bar = bar
    this.#failed = failed
    new Hold(button, () => this.#send("/wall/blank"))
  }

  unblank() {
    this.#send("/wall/unblank")
  }

  /** Say since when the walls are blank; nothing while they are not. */
  show(since) {
    this.#button.classList.toggle("btn--bad-solid", Boolean(since))
    this.#button.classList.toggle("btn--bad", !since)
    if (!this.#bar) return

    const said = this.#bar.querySelector("[data-words]")
    said.textContent = said.dataset.words.replace("{time}", since)
    this.#bar.hidden = !since
  }

  async #send(where) {
    const { status, said } = await post(where)
    if (status === 200) this.show(said.blank_since)
    else this.#failed(said.message)
  }
}
