/** The guests who ask to have their photo removed: withdraw it, or restore it. */

export class Requests {
  #list
  #sure
  #tell

  /** `tell(answer, request)` carries an answer out. */
  constructor(list, sure, tell) {
    this.#list = list
    this.#sure = sure
    this.#tell = tell
  }

  get ids() {
    return [...this.#list.children].map(({ dataset }) => dataset.pledge)
  }

  add(request) {
    this.#list.append(request)
  }

  remove(id) {
    ;[...this.#list.children].find(({ dataset }) => dataset.pledge === id)?.remove()
  }

  touched(button) {
    const { answer } = button.dataset
    const isArmed = button.classList.contains("is-armed")
    if (answer === "withdraw" && !isArmed) this.#ask(button)
    else this.#tell(answer, button.closest(".request").dataset)
  }

  #ask(button) {
    this.#sure.ask(
      () => setArmed(button, true),
      () => setArmed(button, false),
    )
  }
}

function setArmed(button, isArmed) {
  const [ask, sure] = button.children
  button.classList.toggle("is-armed", isArmed)
  button.classList.toggle("btn--bad-solid", isArmed)
  ask.hidden = isArmed
  sure.hidden = !isArmed
}
