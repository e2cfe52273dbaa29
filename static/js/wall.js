/** The hall's wall: approved promises as they come, and words alone when cut off. */

import { Asides } from "./asides.js"
import { Board } from "./board.js"
import { clock } from "./clock.js"
import { holdKey } from "./hold.js"
import { drawn, listen } from "./live.js"
import { Mural } from "./mural.js"
import { decoded, isWorded } from "./photo.js"
import { post } from "./post.js"
import { Programme } from "./programme.js"
import { drift, renewing } from "./rest.js"
import { Slides } from "./slides.js"
import { Stage } from "./stage.js"

const UNEASY = 12 // seconds of silence until a small grey sign
const BLANK = "b" // the key that, held, blanks every wall
const CUT = 30 // seconds of silence until no photo hangs: a removal could not reach us
const AGAIN = 1_000 // ms until a booth that did not answer is asked again
const LOOK = 250 // ms between two looks at the programme
const MOST = 61 // promises a wall holds: the spotlight's and 60 tiles
const OTHERS = 6 // older promises that come back at once

const numbers = new Intl.NumberFormat(document.documentElement.lang)

document.documentElement.dataset.motion = new URLSearchParams(location.search).get("motion")

class WallScreen extends HTMLElement {
  #view // how the photos of #hung are shown
  #views
  #stage
  #asides
  #programme
  #timers
  #wanted = new Map() // a pledge's id to the tile that hangs, or is on its way
  #hung = new Map() // a pledge's id to the tile that hangs
  #arrivals = 0
  #isFailing = false
  #isBlanking = false // whether B was held, and no answer has come yet
  #gone = new AbortController() // ends what listens to the page for this screen

  connectedCallback() {
    const board = this.querySelector(".wall__board")
    const { only } = this.dataset
    const { signal } = this.#gone
    this.#stage = new Stage(this.querySelector(".reader"), signal)
    this.#asides = new Asides(this.querySelector(".wall__aside"))
    this.#views = {
      mosaic: new Board(board),
      slideshow: new Slides(board),
      picture: new Mural(board, { only, told: (room) => this.#tellRoom(room) }),
      stage: this.#stage,
    }
    this.#view = this.#views[this.dataset.mode]
    this.#programme = this.#newProgramme()
    const arriving = [...this.querySelectorAll(".wall__arriving > *")].reverse()
    const entries = arriving.map((tile) => ({
      id: tile.dataset.pledge,
      html: tile.outerHTML,
    }))
    this.#hangAll(entries).then(() => this.#begin())
    this.querySelector(".wall__arriving").replaceChildren()
    holdKey(BLANK, () => this.#blank(), signal)
    this.#timers = [setInterval(() => this.#turn(), LOOK), drift(this), renewing(this)]
    this.connection = listen("wall", {
      feed: this.dataset.feed,
      only,
      cursor: this.dataset.cursor,
      apply: (news) => this.#apply(news),
      quiet: (seconds, isFailing) => this.#quiet(seconds, isFailing),
      refused: () => this.#cut(),
    })
  }

  disconnectedCallback() {
    this.connection.close()
    this.#timers.forEach(clearInterval)
    this.#gone.abort()
  }

  /** Whether a wall that begins anew may take this one's place: nothing is amiss. */
  get isWell() {
    return !this.#isFailing && !this.#isBlanking && !this.hasAttribute("data-cut")
  }

  #newProgramme() {
    return new Programme({
      light: (id, how) => {
        this.#asides.hide()
        this.#view.light(this.#hung.get(id), how)
      },
      fact: (number) => this.#asides.show(number),
      others: () => {
        if (this.#hung.size >= MOST) this.connection.askForOthers(OTHERS)
      },
      between: () => this.#rest(),
      hanging: () => [...this.#hung.keys()],
    })
  }

  async #begin() {
    await this.#view.settle()
    this.dispatchEvent(new Event("ready"))
  }

  #turn() {
    if (this.hasAttribute("data-cut") || this.dataset.mode === "stage") return

    const isBare = this.hasAttribute("data-blank") || !this.#hung.size
    if (isBare) this.dispatchEvent(new Event("between"))
    else this.#programme.turn()
  }

  /** Use a pause: for photos that did not come at first, and for a screen anew. */
  #rest() {
    this.#hung.forEach((tile) => isWorded(tile) && decoded(tile))
    this.dispatchEvent(new Event("between"))
  }

  #apply({ reset, entries, promises, is_blank: isBlank, mode, lights, stars, others }) {
    if (this.#isBlanking) return

    this.toggleAttribute("data-blank", isBlank)
    this.#switchTo(mode)
    if (reset) this.#keepOnly(new Set(entries.map(({ id }) => id)))
    if (reset) this.#view.takeDown()
    entries
      .filter(({ id, html }) => id && !html)
      .forEach(({ id }) => this.#takeDown(id))
    const hung = this.#hangAll(entries.filter(({ html }) => html).slice(-MOST))
    if (reset) hung.then(() => this.#view.settle())
    if (lights) this.#programme.follow(lights)
    if (stars) this.#stage.tell(stars)
    if (others) this.#exchange(others)
    if (promises !== undefined) this.#count(promises)
    delete this.dataset.cut
  }

  #switchTo(mode) {
    if (mode === this.dataset.mode || !this.#views[mode]) return

    this.#asides.hide()
    this.#view.clear()
    this.#programme.reset()
    this.dataset.mode = mode
    this.#view = this.#views[mode]
    this.#view.settle([...this.#hung.values()])
  }

  #keepOnly(ids) {
    for (const id of [...this.#wanted.keys()]) if (!ids.has(id)) this.#takeDown(id)
  }

  #hangAll(entries) {
    return Promise.all(entries.map(({ id, html }) => this.#hang(id, html.trim())))
  }

  async #hang(id, html, arrival = ++this.#arrivals) {
    if (this.#wanted.get(id)?.source === html) return

    if (this.#wanted.has(id)) this.#takeDown(id)
    const tile = Object.assign(drawn(html), { source: html, arrival })
    this.#wanted.set(id, tile)
    this.#mood()
    await decoded(tile)
    if (this.#wanted.get(id) !== tile) return

    if (this.#hung.size >= MOST) this.#takeDown(this.#spare().dataset.pledge)
    this.#hung.set(id, tile)
    this.#view.hang(tile)
  }

  #takeDown(id) {
    const tile = this.#hung.get(id)
    this.#wanted.delete(id)
    this.#hung.delete(id)
    this.#view.takeDown(tile) // none here: the campaign's picture has more than tiles
    this.#mood()
  }

  /** Let who comes into the light hang, or who did before, for those to spare. */
  #exchange(others) {
    if (!this.#hung.size) return

    const fresh = others.filter(({ id }) => !this.#wanted.has(id))
    fresh.forEach(({ id, html }) => {
      const { dataset, arrival } = this.#spare()
      this.#takeDown(dataset.pledge)
      this.#hang(id, html.trim(), arrival + MOST / (MOST + 1))
    })
  }

  /** Who makes room: the oldest whose time in the light is over, else who is last. */
  #spare() {
    const all = [...this.#hung.values()]
    const start = ({ dataset }) => this.#programme.startOf(dataset.pledge)
    const over = all.filter((tile) => start(tile) === undefined)
    return over.length
      ? over.reduce((one, other) => (one.arrival < other.arrival ? one : other))
      : all.reduce((one, other) => (start(one) > start(other) ? one : other))
  }

  #mood() {
    this.dataset.hung = Math.min(this.#wanted.size, 4)
  }

  #count(promises) {
    const place = this.querySelector(".count__number")
    const words = number(promises)
    if (place.textContent === words) return

    place.textContent = words
    this.querySelector(".goal__bar").value = promises
  }

  #tellRoom(room) {
    this.querySelector(".room__number").textContent = number(room)
  }

  #quiet(seconds, isFailing) {
    this.#isFailing = isFailing
    const glyph = this.querySelector(".wall__silence")
    glyph.hidden = !isFailing && seconds < UNEASY
    glyph.querySelector("b").textContent = clock(seconds)
    if (seconds >= CUT) this.#cut()
  }

  /** Blank this wall before any answer, and all the others by it: asked until heard. */
  async #blank() {
    if (this.#isBlanking) return

    this.#isBlanking = true
    this.dataset.blank = ""
    this.#empty()
    while (this.isConnected && !(await isHeard("/wall/blank"))) await moment()
    this.#isBlanking = false
    this.connection.startOver()
  }

  /** Show no photo; once, for what is asked from then on may take its time. */
  #cut() {
    if (this.hasAttribute("data-cut")) return

    this.dataset.cut = ""
    this.#empty()
  }

  #empty() {
    this.#wanted.clear()
    this.#hung.clear()
    Object.values(this.#views).forEach((view) => view.clear())
    this.#asides.hide()
    this.#programme.reset()
    this.connection.forget()
    this.#mood()
  }
}

/** Whether the booth took it, or may not: it does not by itself when it is in trouble. */
async function isHeard(wish) {
  const { status } = await post(wish)
  return status > 0 && status < 500
}

function moment() {
  return new Promise((resume) => setTimeout(resume, AGAIN))
}

function number(value) {
  return numbers.format(value)
}

customElements.define("wall-screen", WallScreen)
