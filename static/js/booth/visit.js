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

  /** Keep the photo that there is, also when another was taken. */
  async stay() {
    await this.#attempt(async () => {
      this.letGo()
      const { kept, language } = this.guest
      await ask(`/visits/${kept.visit}/stay`, {}, language)
      this.set({ asked: null, isAnswered: true, covered: false })
      this.go("done")
    })
  }

  async again() {
    await this.guest.retry()
  }

  /** Look whether the camera went away or came back, or what the volunteers say. */
  async watch() {
    if (["done", "asked"].includes(this.guest.screen)) return await this.#hear()
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

  /** Hear when to look up, and whether another photo would be better. */
  async #hear() {
    const { guest } = this
    const { kept } = guest
    const told = await light(kept.visit, guest.covered)
    if (guest !== this.guest || kept !== guest.kept || guest.working) return

    this.set({ light: told })
    const isOpen = guest.screen === "done" && !guest.covered && !guest.isAnswered
    if (!told.asked || !isOpen) return

    this.set({ asked: told.asked })
    this.go("asked")
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
    const { visit, kept, language } = this.guest
    if (visit) return

    this.set(
      kept
        ? await ask(`/visits/${kept.visit}/again`, {}, language)
        : await ask("/visits", submission(this.guest, face), language),
    )
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
    const { visit, kept: before } = this.guest
    const kept = { ...(await this.#ask("keep")), visit }
    this.set({ kept, retaken: Boolean(before), asked: null, light: null })
    this.set({ covered: false, visit: null, preview: "", draft: "" })
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
      const problem = this.#problem(name, message)
      this.set({ problem, retry: name === "Gone" ? null : retry })
      this.go("problem")
    }
  }

  /** What is kept already is not said to be lost, nor what is gone to be kept. */
  #problem(name, message) {
    if (!this.guest.kept || name === "Silent") return message || name
    return name === "Gone" ? "Over" : "Kept"
  }
}
