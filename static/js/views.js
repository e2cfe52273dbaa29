/** The volunteers' views: one is on the screen, and its tally says so. */

const PLACES = {
  queue: ".mod__queue",
  requests: ".requests",
  grid: ".grid",
  hung: ".hung",
}
const TALLIES = { grid: "queue" } // where it is not called as the view is

/** Show one view of this screen. */
export function turnTo(screen, view) {
  for (const [name, place] of Object.entries(PLACES)) {
    screen.querySelector(place).hidden = name !== view
  }
  for (const tally of screen.querySelectorAll(".tally[data-show]")) {
    tally.ariaPressed = String(tally.dataset.show === (TALLIES[view] ?? view))
  }
}
