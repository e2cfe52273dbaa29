/** A tablet that nobody looks at shows nothing. */

const IDLE = 5 * 60_000 // ms without a touch or a key
const AWAY = 30_000 // ms with its own screen off, or behind another page

/** Call `rest()` once nobody was there for that long; `cover(isHidden)` meanwhile. */
export function watch(rest, cover) {
  let timer
  const wait = (patience) => {
    clearTimeout(timer)
    timer = setTimeout(rest, patience)
  }
  let left // when the page was hidden, ms; a tablet that sleeps runs no timers
  for (const sign of ["pointerdown", "keydown", "wheel"]) {
    document.addEventListener(sign, () => wait(IDLE), { passive: true })
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      left = Date.now()
      cover(true)
      wait(AWAY)
    } else if (Date.now() - left >= AWAY) {
      rest()
    } else {
      cover(false)
      wait(IDLE)
    }
  })
  wait(IDLE)
}
