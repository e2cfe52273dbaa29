/** A one-time link: one touch spends it. */

import { post } from "./post.js"

class OneTimeLink extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#open())
  }

  async #open() {
    const { status, said } = await post(location.pathname)
    if (status === 200) location.assign(said.next)
    else this.#say(said.message ?? this.dataset.nothing)
  }

  #say(words) {
    this.querySelector(".gate__said").textContent = words
  }
}

customElements.define("one-time-link", OneTimeLink)
