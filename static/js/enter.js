/** A one-time link: one touch spends it, while its time runs. */

import { clock } from "./clock.js"
import { post } from "./post.js"

class OneTimeLink extends HTMLElement {
  connectedCallback() {
    this.ends = performance.now() + this.dataset.left * 1000
    this.querySelector("button").addEventListener("click", () => this.#open())
    this.timer = setInterval(() => this.#tick(), 1000)
    this.#tick()
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  async #open() {
    const name = this.querySelector("input").value
    const { status, said } = await post(location.pathname, { name })
    if (status === 200) location.replace(said.next)
    else this.#say(said.message ?? this.dataset.nothing)
  }

  #tick() {
    const left = Math.max(0, Math.round((this.ends - performance.now()) / 1000))
    const words = this.querySelector("[data-words]")
    words.textContent = words.dataset.words.replace("{time}", clock(left))
    const share = left / this.dataset.lasts
    this.querySelector(".ring").style.setProperty("--left", share)
  }

  #say(words) {
    this.querySelector(".gate__said").textContent = words
  }
}

customElements.define("one-time-link", OneTimeLink)
