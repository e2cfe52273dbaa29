/** What hangs, and any pledge by its code, booth or time: chosen, pulled back, removed. */

import { hasCome } from "./came.js"
import { drawn } from "./live.js"
import { post } from "./post.js"

const PAUSE = 250 // ms without another letter until we look
const SAID = { private: "saidBack", removed: "saidRemoved", approved: "saidApproved" }
const SETTLE = 300 // ms after an act: a double tap must not do the next one

export class Hung {
  #root
  #form
  #sure
  #toast
  #asked = 0 // questions so far: only the last one's answer is drawn
  #approved = 0 // how many are approved now
  #drawn = 0 // how many were, when the list was drawn
  #timer
  #isBusy = false

  constructor(root, sure, toast) {
    this.#root = root
    this.#sure = sure
    this.#toast = toast
    this.#approved = Number(root.dataset.approved)
    this.#form = root.querySelector("form")
    this.#form.addEventListener("input", ({ target }) => this.#typed(target))
    this.#form.addEventListener("submit", (event) => this.#submitted(event))
    this.#form.addEventListener("reset", () => setTimeout(() => this.look()))
    // Letters that are typed here are no decisions.
    this.#form.addEventListener("keydown", (event) => event.stopPropagation())
  }

  /** Draw what hangs, or what is looked for, anew. */
  async look() {
    clearTimeout(this.#timer)
    const asked = ++this.#asked
    this.#drawn = this.#approved
    this.#drawFresh()
    const found = await this.#find(new URLSearchParams(this.#query))
    if (asked !== this.#asked) return

    if (found) this.#root.querySelector(".finds").replaceWith(found)
    const said = found ? found.dataset.said : this.#root.dataset.saidNothing
    this.#root.querySelector(".hung__said").textContent = said
  }

  /** Draw again what was told of, where it stands: no row moves under a finger. */
  heard(ids) {
    const here = new Set(this.#rows.map(({ dataset }) => dataset.pledge))
    if (!this.#root.hidden) ids.filter((id) => here.has(id)).forEach((id) => this.#redraw(id))
  }

  /** Say how many are approved now. */
  count(approved) {
    this.#approved = approved
    this.#drawFresh()
  }

  touched(button) {
    const wish = button.dataset.hung
    const row = button.closest(".find")
    if (wish === "fresh") this.look()
    else if (wish === "look") this.#reveal(row, button)
    else if (wish === "star") this.#star(row, button)
    else if (wish !== "removed" || !this.#sure.askOn(button)) this.#decide(wish, row)
  }

  get #rows() {
    return [...this.#root.querySelectorAll(".find")]
  }

  get #query() {
    return [...new FormData(this.#form)].filter(([, value]) => value.trim())
  }

  /** A code, or a booth and time: what was said last counts. */
  #typed({ name }) {
    const { code, booth, from, to } = this.#form.elements
    const others = name === "code" ? [booth, from, to].filter(Boolean) : [code]
    others.forEach((other) => (other.value = ""))
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.look(), PAUSE)
  }

  #submitted(event) {
    event.preventDefault()
    document.activeElement.blur() // a tablet's keyboard covers what was found
    this.look()
  }

  #drawFresh() {
    const isMore = this.#approved > this.#drawn && !this.#query.length
    this.#root.querySelector('[data-hung="fresh"]').hidden = !isMore
  }

  /** Show a photo that stays hidden until somebody asks, and what may be done then. */
  #reveal(row, button) {
    const photo = row.querySelector(".find__hidden").content.cloneNode(true)
    row.querySelector(".find__photo").replaceWith(photo)
    const approve = row.querySelector('[data-hung="approved"]')
    button.replaceWith(approve)
    approve.hidden = false
    approve.focus()
    this.#rest()
  }

  #star(row, button) {
    const is_starred = button.ariaPressed !== "true"
    const words = is_starred ? "saidStarred" : "saidUnstarred"
    return this.#tell(row.dataset, "star", { is_starred }, words)
  }

  async #decide(decision, row) {
    if (this.#isBusy) return

    const { dataset } = row
    if (decision === "approved" && !hasCome(row.querySelector("img"))) {
      return this.#toast.say(this.#root.dataset.saidUnseen)
    }

    const body = { decision, revision: Number(dataset.revision) }
    const undo = () => this.#tell(dataset, "undo", {}, "saidUndone")
    await this.#tell(dataset, "decision", body, SAID[decision], undo)
  }

  async #tell({ pledge, code }, verb, body, words, undo) {
    if (this.#isBusy && verb !== "undo") return

    this.#isBusy = true
    this.#sure.calm()
    const { status, said } = await post(`/pledges/${pledge}/${verb}`, body)
    if (status === 401 || status === 403) location.reload()
    const line = this.#root.dataset[words].replace("{code}", code)
    const sentence = status === 200 ? line : said.message
    this.#toast.say(sentence ?? this.#root.dataset.saidNothing, {
      undo: status === 200 ? undo : undefined,
    })
    await this.#redraw(pledge)
    this.#rest()
  }

  #rest() {
    this.#isBusy = true
    setTimeout(() => (this.#isBusy = false), SETTLE)
  }

  async #redraw(pledge) {
    const found = await this.#find(new URLSearchParams({ pledge }))
    const row = this.#rows.find(({ dataset }) => dataset.pledge === pledge)
    const fresh = found?.querySelector(".find")
    if (!row || !fresh || fresh.dataset.revision === row.dataset.revision) return

    const held = row.contains(document.activeElement) && document.activeElement.dataset
    row.replaceWith(fresh)
    if (held) fresh.querySelector(`[data-hung="${held.hung}"], button`)?.focus()
  }

  async #find(query) {
    try {
      const answer = await fetch(`/moderation/found?${query}`, { cache: "no-store" })
      if (answer.status === 401 || answer.status === 403) location.reload()
      return answer.ok ? drawn(await answer.text()) : undefined
    } catch {
      return undefined // the screen says by itself that the booth does not answer
    }
  }
}
