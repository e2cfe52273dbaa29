/** The guests who ask to have their photo removed: withdraw it, or restore it. */

const MINUTE = 60_000 // ms

export class Requests {
  #list
  #sure
  #tell

  /** `tell(answer, request)` carries an answer out. */
  constructor(list, sure, tell) {
    this.#list = list
    this.#sure = sure
    this.#tell = tell
    this.#remind()
    setInterval(() => this.#remind(), MINUTE)
  }

  get ids() {
    return [...this.#list.children].map(({ dataset }) => dataset.pledge)
  }

  add(request) {
    this.#list.append(request)
    this.#remind()
  }

  remove(id) {
    ;[...this.#list.children].find(({ dataset }) => dataset.pledge === id)?.remove()
  }

  touched(button) {
    if (this.#sure.askOn(button)) return

    this.#tell(button.dataset.answer, button.closest(".request").dataset)
  }

  /** Say which requests should have been answered by now. */
  #remind() {
    for (const due of this.#list.querySelectorAll(".request__due")) {
      const isLate = Date.parse(due.dataset.due) < Date.now()
      const [by, late] = due.querySelectorAll("span")
      due.classList.toggle("chip--warn", isLate)
      by.hidden = isLate
      late.hidden = !isLate
    }
  }
}
