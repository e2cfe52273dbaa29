/** Paints what is known of the guest onto one language's screens. */

import { letters, LONGEST, truths } from "./guest.js"

const MANY = "6" // people, or more

/** Show `guest` on `page`; `night` has {promises, practice, test_card}. */
export function paint(page, guest, night) {
  const now = { ...truths(guest), ...night }
  each(page, "[data-screen]", (part, { screen }) => {
    part.hidden = screen !== guest.screen
  })
  each(page, "[data-when]", (part, { when }) => {
    part.hidden = !now[when]
  })
  each(page, "[data-needs]", (part, { needs }) => {
    part.disabled = !now[needs]
  })
  each(page, "[data-set]", (part, { set, value }) => {
    part.setAttribute("aria-checked", guest[set] === value)
  })
  each(page, "[data-scope]", (part, { scope }) => {
    part.setAttribute("aria-checked", guest.scopes.includes(scope))
  })
  each(page, ".drawing", (part) => {
    part.dataset.colour = guest.colour
  })
  each(page, "[data-field]", (part, { field }) => {
    if (part.value !== guest[field]) part.value = guest[field]
  })
  pictures(page, guest)
  words(page, guest, night)
}

/** Turn the ring of the shown screen: `share` is 1 to 0, `figure` its number. */
export function turn(page, guest, share, figure) {
  const shown = `[data-screen="${guest.screen}"] `
  each(page, `${shown}.ring`, (ring) => {
    ring.style.setProperty("--left", share)
    ring.lastElementChild.textContent = figure
  })
  each(page, `${shown}[data-fill="seconds"]`, (part) => fill(part, figure))
}

/** The sentence of this name in the page's language, or "" for a name without one. */
export const sentence = (page, name) =>
  [...page.querySelectorAll("[data-word]")].find((part) => part.dataset.word === name)
    ?.textContent ?? ""

function pictures(page, guest) {
  const where = {
    preview: "camera",
    sketch: "noface",
    draft: "keep",
    card: "done asked",
    qr: "done",
  }
  each(page, "[data-from]", (part, { from }) => {
    const isWanted = where[from].split(" ").includes(guest.screen)
    const address = isWanted && (guest.kept?.[from] ?? guest[from])
    if (!address) part.removeAttribute("src")
    else if (part.getAttribute("src") !== address) part.src = address
  })
}

function words(page, guest, night) {
  const number = new Intl.NumberFormat(guest.language)
  const left = LONGEST - letters(guest.typed, guest.language)
  const said = {
    words: guest.words,
    refusal: guest.refusal,
    asked: guest.asked && sentence(page, guest.asked),
    problem: guest.problem && (sentence(page, guest.problem) || guest.problem),
    promises: number.format(night.promises),
    number: guest.kept && number.format(guest.kept.number),
    code: guest.kept?.code,
    light: guest.light && number.format(Math.ceil(guest.light.starts)),
    people: guest.people === MANY ? `${MANY}+` : guest.people,
    scopes: guest.scopes.map((scope) => sentence(page, scope)).join(", "),
  }
  each(page, "[data-fill]", (part, { fill: name }) => {
    if (name in said) fill(part, said[name] ?? "")
  })
  each(page, '[data-fill="letters"]', (part) => {
    part.textContent = (left < 0 ? part.dataset.over : part.dataset.text).replace(
      "{value}",
      Math.abs(left),
    )
    part.toggleAttribute("data-is-over", left < 0)
  })
}

const fill = (part, value) => {
  part.textContent = (part.dataset.text ?? "{value}").replace("{value}", () => value)
}

function each(page, selector, change) {
  for (const part of page.querySelectorAll(selector)) change(part, part.dataset)
}
