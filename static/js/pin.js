/** The PIN pad: by touch or keyboard, and how long to wait after wrong ones. */

import { Blanker } from "./blanker.js"
import { post } from "./post.js"

const LENGTH = 6 // digits a PIN usually has

class PinPad extends HTMLElement {
  #field
  #isWaiting = false

  connectedCallback() {
    this.#field = this.querySelector("input")
    const form = this.querySelector("form")
    new Blanker(this.querySelector("[data-hold]"), null, (words) =>
      this.#say(words ?? this.dataset.nothing),
    )
    this.addEventListener("click", ({ target }) =>
      this.#touched(target.closest("[data-digit]")),
    )
    this.#field.addEventListener("input", () => this.#draw())
    document.addEventListener("keydown", ({ key }) => {
      if (/^(\d|Backspace)$/.test(key)) this.#field.focus()
    })
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.#send()
    })
  }

  #touched(key) {
    if (!key || this.#isWaiting) return

    const { digit } = key.dataset
    const typed = this.#field.value
    this.#field.value = digit ? typed + digit : typed.slice(0, -1)
    this.#draw()
  }

  #draw() {
    this.#say("")
    this.#field.value = this.#field.value.replace(/\D/g, "")
    const typed = this.#field.value.length
    ;[...this.querySelectorAll(".dots i")].forEach((dot, place) => {
      dot.classList.toggle("is-on", place < typed)
    })
    if (typed === LENGTH) this.#send()
  }

  async #send() {
    const pin = this.#field.value
    if (!pin || this.#isWaiting) return

    this.#field.value = ""
    this.#rest(true)
    const { status, said } = await post("/moderation/pin", { pin })
    if (status === 200) location.assign(said.next)
    else await this.#refuse(status, said)
  }

  async #refuse(status, { message, wait = 0 }) {
    const words = status ? (message ?? this.dataset.wrong) : this.dataset.nothing
    this.#draw()
    for (let left = Math.ceil(wait); left > 0; left -= 1) {
      this.#say(`${words} ${this.dataset.wait.replace("{seconds}", left)}`)
      await second()
    }
    this.#rest(false)
    this.#say(wait ? "" : words)
  }

  #rest(isWaiting) {
    this.#isWaiting = isWaiting
    this.querySelectorAll(".pad__key").forEach((key) => (key.disabled = isWaiting))
    this.#field.readOnly = isWaiting
  }

  #say(words) {
    this.querySelector(".gate__said").textContent = words
  }
}

function second() {
  return new Promise((resume) => setTimeout(resume, 1000))
}

customElements.define("pin-pad", PinPad)
