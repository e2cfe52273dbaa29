/** The status page fetches itself, and says so when nothing answers. */

import { Pairing } from "./pairing.js"

const EVERY = 3_000 // ms
const ANSWER = 2_500 // ms a page may take

class StatusScreen extends HTMLElement {
  #pairing

  connectedCallback() {
    this.#pairing = new Pairing(this.querySelector(".devices"))
    this.timer = setInterval(() => this.#refresh(), EVERY)
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  async #refresh() {
    try {
      this.#draw(await newest())
      this.#setSilent(false)
    } catch {
      this.#setSilent(true)
    }
  }

  #draw(page) {
    const fresh = page.querySelector(".status__in")
    const shown = this.querySelector(".status__in")
    if (!fresh) location.reload()
    else {
      if (!fresh.isEqualNode(shown)) shown.replaceWith(fresh)
      this.#pairing.follow(page.querySelector(".devices__list"))
    }
  }

  #setSilent(isSilent) {
    this.querySelector(".status__silent").hidden = !isSilent
    this.toggleAttribute("data-silent", isSilent)
  }
}

async function newest() {
  const answer = await fetch(location.href, {
    cache: "no-store",
    signal: AbortSignal.timeout(ANSWER),
  })
  if (answer.status >= 500) throw new Error(`The page answered ${answer.status}.`)
  return new DOMParser().parseFromString(await answer.text(), "text/html")
}

customElements.define("status-screen", StatusScreen)
