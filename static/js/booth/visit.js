/** A visit on the server: consent, the photo or the card, and keeping it. */

import { ask, camera, light, Refusal, sketch } from "./ask.js"
import { Choices } from "./choices.js"
import { submission } from "./guest.js"
import { POSE } from "./walk.js"

const REFUSED_WORDS = ["WordsRefused", "RequestEntityTooLarge"]
const SHUTTER = 150 // milliseconds; the white has faded by then, see --m-shutter

export class Visit extends Choices {
  isTestCard = false
  #process

  async written() {
    const { visit, typed, language } = this.guest
    await this.#attempt(async () => {
      const { words } = await ask("/words", { words: typed }, language)
      const theme = words === this.guest.words ? this.guest.theme : null
      if (visit) this.set(await this.#ask("words", { words, theme }))
      this.set({ words, theme })
      this.go(visit ? "keep" : "people")
    })
  }

  async agree() {
    await this.#attempt(async () => {
      await this.#begin(true)
      this.go("camera")
    })
  }

  hideFace() {
    this.go("noface")
    this.#sketch()
  }

  choosePart(name, value) {
    super.choosePart(name, value)
    if (this.guest.screen === "noface") this.#sketch()
  }

  async take() {
    await this.#attempt(
      async () => {
        await this.#ask("pose")
        this.set({ counting: true })
        this.count(POSE, () => this.#shoot(), { each: true })
      },
      () => this.retake(),
    )
  }

  retake() {
    this.go("camera")
  }

  async keep() {
    await this.#attempt(() => this.#keep())
  }

  async keepCard() {
    await this.#attempt(async () => {
      await this.#stampCard()
      await this.#keep()
    })
  }

  async again() {
    await this.guest.retry()
  }

  /** Look whether the camera went away or came back, and when to look up. */
  async watch() {
    if (this.guest.screen === "done") return await this.#lookUp()
    if (!["attract", "camera", "fault"].includes(this.guest.screen)) return

    const { is_live: isLive, is_test_card: isTestCard, process } = await camera()
    const isAnother = this.#process !== undefined && this.#process !== process
    this.#process = process
    const { screen, visit, working } = this.guest
    if (isTestCard !== this.isTestCard) this.#say(isTestCard)
    if (working) return
    if (screen === "camera" && !isLive) this.go("fault")
    if (screen === "camera" && isLive && isAnother) await this.#goOn()
    if (screen === "fault" && isLive) await (visit ? this.#goOn() : this.agree())
  }

  /** Show the card as it is chosen now; the last touch wins. */
  async #sketch() {
    const { guest } = this
    const { words, language, colour, drawing } = guest
    const address = await sketch(guest)
    const isLate =
      guest !== this.guest ||
      words !== guest.words ||
      language !== guest.language ||
      colour !== guest.colour ||
      drawing !== guest.drawing
    URL.revokeObjectURL(isLate ? address : guest.sketch)
    if (!isLate) this.set({ sketch: address })
  }

  async #lookUp() {
    const { guest } = this
    if (!guest.scopes.includes("wall")) return

    const told = await light(guest.kept.visit)
    if (guest === this.guest) this.set({ light: told })
  }

  restart() {
    URL.revokeObjectURL(this.guest.sketch)
    super.restart()
  }

  /** The camera is back, or another process answers, which may know no visit. */
  async #goOn() {
    const { counting, working, visit } = this.guest
    if (counting || working || !visit) return

    const { name } = await this.#ask("pose").catch((refusal) => refusal)
    if (name !== "Gone") return this.retake()

    this.set({ visit: null, preview: "", draft: "" })
    await this.agree()
  }

  #say(isTestCard) {
    this.isTestCard = isTestCard
    this.set({})
  }

  async #begin(face) {
    if (!this.guest.visit) {
      const { language } = this.guest
      this.set(await ask("/visits", submission(this.guest, face), language))
    }
  }

  async #shoot() {
    this.set({ counting: false, flash: true })
    setTimeout(() => this.set({ flash: false }), SHUTTER)
    await this.#attempt(
      async () => {
        this.set(await this.#ask("shoot"))
        this.go("keep")
      },
      () => this.retake(),
    )
  }

  async #stampCard() {
    const { colour, drawing, visit, isStamped } = this.guest
    if (isStamped) return

    await (visit ? this.#ask("faceless", { colour, drawing }) : this.#begin(false))
    await this.#ask("shoot")
    this.set({ isStamped: true })
  }

  async #keep() {
    const { visit } = this.guest
    const kept = { ...(await this.#ask("keep")), visit }
    this.set({ kept, covered: false, visit: null, preview: "", draft: "" })
    this.go("done")
  }

  async #ask(verb, body = {}) {
    const { visit, language } = this.guest
    return await ask(`/visits/${visit}/${verb}`, body, language)
  }

  /** Do one thing at a time; what the server refuses becomes a screen. */
  async #attempt(verb, again = () => this.#attempt(verb)) {
    if (this.guest.working) return

    const { guest } = this
    this.set({ working: true })
    try {
      await verb()
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      if (guest === this.guest) this.#refused(refusal, again)
    } finally {
      guest.working = false
      this.set({})
    }
  }

  #refused({ name, message }, retry) {
    const { words, typed, screen } = this.guest
    if (name === "CameraLost") this.go("fault")
    else if (name === "NoRetakesLeft") {
      this.set({ retakes: 0 })
      this.go("keep")
    } else if (REFUSED_WORDS.includes(name)) {
      this.set({ refusal: message, typed: screen === "write" ? typed : words })
      this.go("write")
    } else {
      this.set({ problem: message || name, retry: name === "Gone" ? null : retry })
      this.go("problem")
    }
  }
}
