/** What keeps a wall fresh for twelve hours: it drifts a little, and begins anew. */

const DRIFT = 60_000 // ms between two steps of a picture that must not burn in
const STEPS = [[0, 0], [4, 2], [6, -2], [2, -5], [-3, -4], [-6, 0], [-4, 4], [1, 5]]
const HOUR = 3_600_000 // ms

/** Whether nothing on this screen should move: asked by its address, or its system. */
export function isStill() {
  const { dataset } = document.documentElement
  return dataset.motion === "off" || matchMedia("(prefers-reduced-motion)").matches
}

/** Move a screen by a hand's breadth of pixels, a step a minute; return the timer. */
export function drift(screen) {
  let step = 0
  return setInterval(() => {
    step = (step + 1) % STEPS.length
    const [x, y] = STEPS[step]
    screen.style.setProperty("--drift-x", x)
    screen.style.setProperty("--drift-y", y)
  }, DRIFT)
}

/**
 * Put a screen that begins anew in this one's place: once an hour, between two photos,
 * and only once its own photos hang, so that nobody sees it. Return the timer.
 */
export function renewing(screen) {
  const begin = () => renew(screen) // one however many hours pass without a pause
  return setInterval(() => {
    screen.addEventListener("between", begin, { once: true })
  }, HOUR)
}

/** Put a screen that begins anew in this one's place, unless something is amiss. */
export async function renew(old) {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => undefined)
  if (!answer?.ok || !old.isWell || !old.isConnected) return

  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  if (scripts(page).join() !== scripts(document).join()) return location.reload()

  const fresh = document.adoptNode(page.querySelector(old.localName))
  fresh.classList.add("is-coming")
  fresh.addEventListener(
    "ready",
    () => {
      if (isBlank(old) && !isBlank(fresh)) return fresh.remove() // blanked meanwhile

      fresh.classList.remove("is-coming")
      old.remove()
    },
    { once: true },
  )
  old.before(fresh)
}

function isBlank(screen) {
  return screen.hasAttribute("data-blank")
}

function scripts(page) {
  return [...page.querySelectorAll("script")].map((each) => each.getAttribute("src"))
}
