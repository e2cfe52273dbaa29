/** Seconds that run down, and a touch that is waited for. */

const BEAT = 100 // milliseconds

/** Count down; `tick` hears the seconds left, `over` that there are none. */
export class Countdown {
  #timer

  start(seconds, tick, over) {
    this.stop()
    const until = performance.now() + seconds * 1000
    const beat = () => {
      const left = Math.max(0, (until - performance.now()) / 1000)
      tick(left)
      if (left > 0) return
      this.stop()
      over()
    }
    this.#timer = setInterval(beat, BEAT)
    beat()
  }

  stop() {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  get isRunning() {
    return this.#timer !== undefined
  }
}

/** Call `over` when `seconds` pass without a touch, a key or a word. */
export function onSilence(seconds, over) {
  let timer
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      over()
      wait()
    }, seconds * 1000)
  }
  for (const sign of ["pointerdown", "keydown", "input"]) {
    document.addEventListener(sign, wait, { passive: true })
  }
  wait()
}
