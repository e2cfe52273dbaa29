/** Practice: planted cases one by one, right or better, and a score. Nothing is sent. */

const KEYS = { a: "approved", p: "private", r: "removed" }

class PracticeScreen extends HTMLElement {
  #place = 0
  #right = 0

  connectedCallback() {
    this.addEventListener("click", ({ target }) => this.#touched(target.closest("button")))
    document.addEventListener("keydown", this.#pressed)
    this.#draw()
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#pressed)
  }

  get #lessons() {
    return [...this.querySelectorAll(".lesson")]
  }

  get #lesson() {
    return this.#lessons[this.#place]
  }

  #touched(button) {
    const { decide, do: wish } = button?.dataset ?? {}
    if (decide) this.#decide(decide)
    else if (wish === "next") this.#go(this.#place + 1)
    else if (wish === "again") this.#begin()
  }

  #pressed = ({ key, repeat, ctrlKey, metaKey, altKey }) => {
    const decision = KEYS[key.toLowerCase()]
    const canDecide = this.#lesson && !this.#lesson.matches("[data-request], .is-told")
    if (decision && canDecide && !repeat && !ctrlKey && !metaKey && !altKey) {
      this.#decide(decision)
    }
  }

  #decide(decision) {
    const { answer, also } = this.#lesson.dataset
    const isAlso = also.split(" ").includes(decision)
    const verdict = answer === decision ? "right" : isAlso ? "also" : "wrong"
    if (verdict !== "wrong") this.#right += 1
    this.#lesson.classList.add("is-told")
    this.#lesson.dataset.verdict = verdict
    this.#draw()
    this.querySelector('[data-do="next"]').focus()
  }

  #begin() {
    this.#right = 0
    for (const lesson of this.#lessons) {
      lesson.classList.remove("is-told")
      delete lesson.dataset.verdict
    }
    this.#go(0)
  }

  #go(place) {
    this.#place = place
    this.#draw()
    const next = this.#lesson?.querySelector("h2") ?? this.querySelector(".score h1")
    next.focus()
  }

  #draw() {
    const lesson = this.#lesson
    const isTold = lesson?.matches(".is-told")
    const isRequest = lesson?.matches("[data-request]")
    this.#lessons.forEach((each) => (each.hidden = each !== lesson))
    this.#show(".practice__acts--photo", lesson && !isTold && !isRequest)
    this.#show(".practice__acts--request", lesson && !isTold && isRequest)
    this.#show(".practice__acts--next", isTold)
    this.#show(".score", !lesson && this.#lessons.length)
    this.#show(".practice__place", lesson)
    if (lesson) this.#drawVerdict(lesson)
    this.#say()
  }

  #drawVerdict(lesson) {
    const verdict = lesson.querySelector(".lesson__verdict")
    verdict.hidden = !lesson.dataset.verdict
    for (const name of ["right", "also", "wrong"]) {
      const isIt = name === lesson.dataset.verdict
      verdict.querySelector(`.lesson__${name}`).hidden = !isIt
    }
    verdict.scrollIntoView({ block: "nearest" })
  }

  #show(name, isShown) {
    this.querySelector(name).hidden = !isShown
  }

  #say() {
    const all = this.#lessons.length
    const place = { number: this.#place + 1, all }
    const score = { right: this.#right, all }
    this.querySelector(".practice__place > span").textContent = said(
      this.dataset.saidPlace,
      place,
    )
    this.querySelector(".score h1").textContent = said(this.dataset.saidScore, score)
  }
}

function said(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name])
}

customElements.define("practice-screen", PracticeScreen)
