/** The places on a wall, by how many promises hang. */

/** Columns, rows, and the big tiles' top left corners; each big one covers four. */
const LAYOUTS = [
  { columns: 4, rows: 2, big: [] },
  { columns: 6, rows: 3, big: [[1, 1], [4, 2]] },
  { columns: 8, rows: 4, big: [[1, 1], [5, 1], [3, 3], [7, 3]] },
  { columns: 10, rows: 5, big: [[1, 1], [5, 1], [9, 2], [3, 3], [7, 3], [1, 4], [5, 4]] },
  { columns: 10, rows: 5, big: [[1, 1], [6, 1], [9, 3], [3, 4]] },
  { columns: 12, rows: 6, big: [[1, 1], [5, 1], [9, 1], [3, 3], [7, 3], [11, 3], [1, 5], [9, 5]] },
  { columns: 12, rows: 6, big: [[1, 1], [6, 2], [11, 4], [3, 5]] },
]

/** The layout with the least room that holds so many. */
export function layoutFor(count) {
  const room = ({ columns, rows, big }) => 1 + columns * rows - 3 * big.length
  return LAYOUTS.find((layout) => count <= room(layout)) ?? LAYOUTS.at(-1)
}

/** So many equal cards; the light is on the first. */
export function cards(count) {
  const slots = Array.from({ length: count }, () => make("slot slot--card"))
  slots[0]?.classList.add("slot--light")
  return slots
}

/** A spotlight, and a mosaic whose big tiles come first. */
export function mosaic({ columns, rows, big }) {
  const grid = make("mosaic")
  const singles = columns * rows - 4 * big.length
  const kind = big.length ? "slot" : "slot slot--worded"
  grid.style.setProperty("--columns", columns)
  grid.style.setProperty("--rows", rows)
  grid.append(...big.map(bigSlot), ...Array.from({ length: singles }, () => make(kind)))
  return [make("slot slot--card slot--light"), ...grid.children]
}

function bigSlot([column, row]) {
  const slot = make("slot slot--big slot--worded")
  slot.style.setProperty("--column", column)
  slot.style.setProperty("--row", row)
  return slot
}

function make(names) {
  const element = document.createElement("div")
  element.className = names
  return element
}
