/** The only script that knows the socket: news as it comes, and what was missed. */

import { io } from "../npm/socket.io.esm.min.js"

const HEARTBEAT = 10_000 // ms between two signs of life, and of patience with silence
const RETRY = 2_000 // ms between two questions while the server is away
const ANSWER = 5_000 // ms a question may take
const TICK = 1_000 // ms

/**
 * Keep a screen up to date until its `close()` is called.
 *
 * `apply(news)` may see the same entry twice; `news.reset` says that the entries are
 * all there is. `quiet(seconds, isFailing)` is told every second how long the screen
 * has heard nothing; `refused()` that it may no longer listen; `shared()` that others
 * have come to look at photos, or have left some. `only` is a wall's filter.
 */
export function listen(screen, { only, ...wishes }) {
  return new Connection({ screen, only }, wishes)
}

/** Make an element of what the server drew. */
export function drawn(html) {
  const template = document.createElement("template")
  template.innerHTML = html.trim()
  return document.importNode(template.content, true).firstElementChild
}

class Connection {
  #wishes
  #cursor
  #socket
  #timers
  #steps = 0 // in what is known: an answer to what was known before comes too late
  #heardAt = moment()
  #askedAt = moment()
  #isAsking = false
  #mustAsk = false // once more, after the question under way
  #isFailing = false
  #isClosed = false
  #others = 0 // older promises to ask for with the next question

  constructor(auth, wishes) {
    this.#wishes = wishes
    this.#cursor = wishes.cursor
    this.#socket = io({
      auth,
      transports: ["websocket"],
      reconnectionDelay: 500,
      reconnectionDelayMax: RETRY,
    })
    this.#socket.on("connect", () => this.#catchUp())
    this.#socket.on("disconnect", () => this.#catchUp())
    this.#socket.on("news", (news) => this.#hear(news))
    this.#socket.on("leases", () => wishes.shared?.())
    this.#timers = [
      setInterval(() => this.#tick(), TICK),
      setInterval(() => this.#socket.volatile.emit("alive", {}), HEARTBEAT),
    ]
    if (!this.#cursor) this.#catchUp()
  }

  /** Begin again from nothing: the next answer is the whole of it. */
  forget() {
    this.#steps += 1
    this.#cursor = ""
  }

  /** Ask for all of it now. */
  startOver() {
    this.forget()
    this.#catchUp()
  }

  /** Ask for so many of all that may hang; they come with the news, as `others`. */
  askForOthers(count) {
    this.#others = count
    this.#catchUp()
  }

  close() {
    this.#isClosed = true
    this.#timers.forEach(clearInterval)
    this.#socket.disconnect()
  }

  #hear(news) {
    if (news.cursor === this.#cursor) {
      this.#heardAt = moment()
    } else if (news.after === this.#cursor) {
      this.#take(news)
    } else {
      this.#catchUp()
    }
  }

  #take(news) {
    this.#wishes.apply(news)
    this.#steps += 1
    this.#cursor = news.cursor
    this.#heardAt = moment()
    this.#isFailing = false
  }

  /** Ask what was missed; what fails is asked again at the next tick but one. */
  async #catchUp() {
    this.#mustAsk = true
    if (this.#isAsking) return

    this.#isAsking = true
    do {
      this.#mustAsk = false
      this.#askedAt = moment()
      this.#isFailing = await this.#ask().then(() => false, () => true)
    } while (this.#mustAsk && !this.#isFailing)
    this.#isAsking = false
  }

  async #ask() {
    const steps = this.#steps
    const address = new URL(this.#wishes.feed, location.href)
    address.searchParams.set("after", this.#cursor)
    if (this.#others) address.searchParams.set("others", this.#others)
    this.#others = 0
    const answer = await fetch(address, {
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER),
    })
    if (answer.status === 401 || answer.status === 403) this.#wishes.refused?.()
    if (!answer.ok) throw new Error(`The feed answered ${answer.status}.`)

    this.#listenAgain()
    const news = await answer.json()
    if (steps === this.#steps) this.#take(news)
    else this.#mustAsk = true
  }

  /** A server that stopped by itself, or refused us meanwhile, is not called again. */
  #listenAgain() {
    if (!this.#socket.active && !this.#isClosed) this.#socket.connect()
  }

  #tick() {
    const silence = since(this.#heardAt)
    const patience = this.#isFailing ? RETRY : HEARTBEAT
    if (Math.min(silence, since(this.#askedAt)) >= patience) this.#catchUp()
    this.#wishes.quiet?.(Math.floor(silence / 1000), this.#isFailing)
  }
}

function moment() {
  return { steady: performance.now(), clock: Date.now() }
}

/** How long ago that was, ms: one clock may stand still, the other be put back. */
function since({ steady, clock }) {
  return Math.max(performance.now() - steady, Date.now() - clock)
}
