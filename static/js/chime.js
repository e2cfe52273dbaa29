/** A short soft tone, at most once a minute, and a button that stops it. */

import { play } from "./tone.js"

const PAUSE = 60_000 // ms between two
const MUTED = "pledgebooth-muted"

export class Chime {
  #button
  #sound
  #rungAt = -Infinity
  #before // what the button said when it was touched
  #isMuted = sessionStorage.getItem(MUTED) === "yes"

  /** Browsers let a page sound only after a first touch: the button says which it is. */
  constructor(button) {
    this.#button = button
    button.addEventListener("click", () => this.#turn())
    for (const name of ["pointerdown", "keydown"]) {
      button.addEventListener(name, () => (this.#before = button.dataset.state))
    }
    for (const name of ["pointerup", "keydown"]) {
      document.addEventListener(name, () => this.#wake())
    }
    this.#draw()
  }

  /** Sound, unless it did within the minute, or may not. */
  ring() {
    const now = performance.now()
    if (this.#isMuted || !this.#maySound || now - this.#rungAt < PAUSE) return

    this.#rungAt = now
    play(this.#sound)
  }

  /** Leave nothing behind on this device. */
  static forget() {
    sessionStorage.removeItem(MUTED)
  }

  get #maySound() {
    return this.#sound?.state === "running"
  }

  async #wake() {
    this.#sound ??= new AudioContext()
    if (!this.#maySound) await this.#sound.resume()
    this.#draw()
  }

  /** The touch that wakes the sound does not stop it. */
  #turn() {
    const before = this.#before ?? this.#button.dataset.state
    this.#before = undefined
    if (before === "asleep") this.#wake()
    else this.#mute()
  }

  #mute() {
    this.#isMuted = !this.#isMuted
    sessionStorage.setItem(MUTED, this.#isMuted ? "yes" : "no")
    this.#draw()
  }

  #draw() {
    const { dataset } = this.#button
    const state = this.#isMuted ? "off" : this.#maySound ? "on" : "asleep"
    dataset.state = state
    this.#button.ariaPressed = String(state === "on")
    this.#button.ariaLabel = dataset[state]
    this.#button.querySelector("span").textContent = dataset[state]
  }
}
