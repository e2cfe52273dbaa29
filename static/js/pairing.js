/** The operator's devices: a QR for the next one, and a way to end each. */

import { clock } from "./clock.js"
import { post } from "./post.js"
import { SecondTouch } from "./second-touch.js"

export class Pairing {
  #section
  #sure = new SecondTouch()
  #asked // the button that waits for its second touch
  #ends = 0 // when the code shown ends, ms

  constructor(section) {
    this.#section = section
    section.addEventListener("click", ({ target }) =>
      this.#touched(target.closest("button")?.dataset),
    )
    setInterval(() => this.#tick(), 1000)
  }

  /** Show the list as it is now, unless a finger is on its way to it. */
  follow(fresh) {
    const shown = this.#find(".devices__list")
    if (this.#asked || !fresh || fresh.isEqualNode(shown)) return

    const known = new Set(ids(shown))
    if (ids(fresh).some((id) => !known.has(id))) this.#close() // its code is spent
    shown.replaceWith(fresh)
  }

  #touched({ pair, revoke, close } = {}) {
    if (revoke && this.#asked?.dataset.revoke === revoke) this.#revoke(revoke)
    else if (revoke) this.#ask(revoke)
    else this.#sure.calm()
    if (pair) this.#pair(pair)
    if (close !== undefined) this.#close()
  }

  #ask(id) {
    const button = this.#find(`[data-revoke="${id}"]`)
    const words = button.querySelector("span")
    const before = words.textContent
    const set = (isAsking) => {
      this.#asked = isAsking ? button : undefined
      button.classList.toggle("btn--bad-solid", isAsking)
      words.textContent = isAsking ? this.#section.dataset.sure : before
    }
    this.#sure.ask(
      () => set(true),
      () => set(false),
    )
  }

  async #revoke(id) {
    this.#sure.calm()
    const { status, said } = await post(`/devices/${id}/revoke`)
    this.#answered(status, said)
    if (status === 200) this.#find(`[data-device="${id}"]`)?.remove()
  }

  async #pair(role) {
    const { status, said } = await post("/devices", { role })
    if (!this.#answered(status, said)) return

    const code = new DOMParser().parseFromString(said.qr, "image/svg+xml")
    this.#find(".way-in__code").replaceChildren(code.documentElement)
    this.#find(".way-in__link").textContent = said.link
    this.#find(".way-in__alone").hidden = !said.only_here
    for (const title of this.#section.querySelectorAll("[data-role]")) {
      title.hidden = title.dataset.role !== role
    }
    this.#ends = Date.now() + said.seconds * 1000
    this.#find(".way-in").hidden = false
    this.#find(".way-in").scrollIntoView({ block: "nearest" })
    this.#tick()
  }

  #answered(status, { message }) {
    const isGood = status === 200
    const words = isGood ? "" : (message ?? this.#section.dataset.nothing)
    this.#find(".devices__said").textContent = words
    return isGood
  }

  #tick() {
    if (this.#find(".way-in").hidden) return

    const left = Math.round((this.#ends - Date.now()) / 1000)
    const words = this.#find(".way-in__left")
    words.textContent = words.dataset.words.replace("{time}", clock(Math.max(0, left)))
    if (left <= 0) this.#close()
  }

  #close() {
    this.#find(".way-in").hidden = true
    this.#find(".way-in__code").replaceChildren()
    this.#find(".way-in__link").textContent = ""
  }

  #find(name) {
    return this.#section.querySelector(name)
  }
}

function ids(list) {
  return [...list.children].map(({ dataset }) => dataset.device)
}
