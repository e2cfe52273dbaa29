/** What the booth knows of the guest before it: in memory, and gone with the visit. */

export const LONGEST = 120 // letters, as a person counts them

export const newGuest = (language) => ({
  language,
  screen: "attract",
  words: "",
  typed: "",
  theme: null,
  people: "",
  age: "",
  guardian: false,
  scopes: [],
  colour: "violet",
  drawing: "hands",
  sketch: "",
  visit: null,
  preview: "",
  photo: null, // width over height of the part that the card keeps
  isStamped: false,
  draft: "",
  fault: null,
  retakes: 0,
  kept: null,
  retaken: false, // whether what is kept replaces another photo
  asked: null, // why a volunteer asks for another photo
  isAnswered: false, // whether they keep the one that there is
  light: null, // whether the promise hangs, and when it stands in the light, in seconds
  covered: false,
  counting: false,
  working: false,
  flash: false,
  refusal: "",
  problem: "",
  retry: null,
})

/** Count letters as a person does: "ế" is one, and so is a family of emoji. */
export const letters = (words, language) =>
  [...new Intl.Segmenter(language, { granularity: "grapheme" }).segment(words.trim())]
    .length

/** What the server is told when the guest has agreed. */
export const submission = (guest, face) => ({
  language: guest.language,
  words: guest.words,
  theme: guest.theme,
  people: Number(guest.people),
  age: guest.age,
  face,
  scopes: guest.scopes,
  guardian: guest.guardian,
  ...(face ? {} : { colour: guest.colour, drawing: guest.drawing }),
})

const isChild = (guest) => guest.age === "7-15" || guest.age === "0-6"

/** Where "Back" leads from each screen. */
export const BEFORE = {
  pledge: () => "attract",
  write: (guest) => (guest.visit ? "keep" : "pledge"),
  people: (guest) => (guest.theme ? "pledge" : "write"),
  lane: () => "people",
  parent: () => "people",
  consent: () => "people",
  child: (guest) => LANES[guest.age],
  noface: (guest) => (isChild(guest) ? "child" : "consent"),
  camera: (guest) => (guest.draft ? "keep" : guest.kept ? "asked" : "consent"),
  talk: () => "done",
}

/** Where the youngest one's age leads. */
export const LANES = {
  "18+": "consent",
  "16-17": "consent",
  "7-15": "lane",
  "0-6": "parent",
}

/** Whether the screen is to light the guest's face: from the touch to the photo. */
export const isLit = ({ screen, counting, working }) =>
  screen === "camera" && (counting || working)

/** What is so just now: parts of the page show or may be touched by these. */
export const truths = (guest) => {
  const posing = !guest.counting && !guest.working
  const onWall = guest.scopes.includes("wall")
  const { is_hanging: hangs = false, starts, ends } = guest.light ?? {}
  return {
    refusal: Boolean(guest.refusal),
    no_refusal: !guest.refusal,
    group: Boolean(guest.people && guest.age),
    sixteen: !isChild(guest),
    eighteen: guest.age === "18+",
    nothing_added: guest.scopes.length === 0,
    something_added: guest.scopes.length > 0,
    posing,
    not_posing: !posing,
    counting: guest.counting,
    not_counting: !guest.counting,
    working: guest.working && !guest.counting,
    flash: guest.flash,
    fault: Boolean(guest.fault),
    no_fault: !guest.fault,
    again: Boolean(guest.fault) && guest.retakes > 0,
    last: guest.retakes <= 0,
    blurred: guest.fault === "blurred",
    black: guest.fault === "black",
    retakes: guest.retakes > 0,
    open: !guest.covered,
    covered: guest.covered,
    not_hanging: !hangs,
    wall_later: onWall && !hangs,
    light_soon: hangs && starts > 0,
    light_now: hangs && starts <= 0 && ends > 0,
    light_past: hangs && !(ends > 0),
    off_wall: !onWall,
    retry: Boolean(guest.retry),
    may_stay: Boolean(guest.kept && guest.retry),
    retaking: Boolean(guest.kept),
    not_retaking: !guest.kept,
    retaken: guest.retaken,
    not_retaken: !guest.retaken,
  }
}
