/** What must never happen by a slip: a button, or a key, that is held for a second. */

const LONG = 1_000 // ms
const TOLD = 2_500 // ms that the tip stays for who lets go early

export class Hold {
  #button
  #done
  #timer

  /** Call `done()` once the button was held; let go early, and only its tip is shown. */
  constructor(button, done) {
    this.#button = button
    this.#done = done
    button.addEventListener("pointerdown", (event) => this.#begin(event))
    for (const name of ["pointerup", "pointerleave", "pointercancel"]) {
      button.addEventListener(name, () => this.#end())
    }
    button.addEventListener("keydown", (event) => this.#pressed(event))
    button.addEventListener("keyup", () => this.#end())
    button.addEventListener("blur", () => this.#end())
    button.addEventListener("contextmenu", (event) => event.preventDefault())
    button.addEventListener("click", (event) => this.#clicked(event))
  }

  #begin({ isPrimary, button = 0 }) {
    if (!isPrimary || button !== 0) return

    this.#start()
  }

  #pressed(event) {
    if (event.key !== "Enter" && event.key !== " ") return

    event.preventDefault() // else a click would follow
    if (!event.repeat) this.#start()
  }

  #start() {
    clearTimeout(this.#timer)
    this.#button.classList.add("is-held")
    this.#timer = setTimeout(() => {
      this.#button.classList.remove("is-held", "is-told")
      this.#timer = undefined
      this.#done()
    }, LONG)
  }

  #end() {
    if (!this.#button.classList.contains("is-held")) return

    clearTimeout(this.#timer)
    this.#button.classList.remove("is-held")
    this.#button.classList.add("is-told")
    this.#timer = setTimeout(() => this.#button.classList.remove("is-told"), TOLD)
  }

  /** A screen reader clicks without a pointer: it cannot hold, and does not slip. */
  #clicked(event) {
    if (event.detail === 0 && event.pointerType === "") this.#done()
  }
}

/** Call `done()` once this key of the keyboard was held, until `signal` ends it. */
export function holdKey(wanted, done, signal) {
  let timer
  const isIt = ({ key, ctrlKey, metaKey, altKey }) =>
    key.toLowerCase() === wanted && !ctrlKey && !metaKey && !altKey
  const end = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const pressed = (event) => {
    if (isIt(event) && !event.repeat && !timer) timer = setTimeout(done, LONG)
  }
  document.addEventListener("keydown", pressed, { signal })
  document.addEventListener("keyup", (event) => isIt(event) && end(), { signal })
  window.addEventListener("blur", end, { signal })
  signal.addEventListener("abort", end)
}
