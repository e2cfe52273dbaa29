/** What a guest chooses: the words, who stands there, and who may see it. */

import { LANES } from "./guest.js"
import { Walk } from "./walk.js"

export class Choices extends Walk {
  /* Words. */

  choose({ words, theme }) {
    this.set({ words, theme })
    this.go("people")
  }

  write() {
    const { words, theme, visit } = this.guest
    this.set({ typed: visit || !theme ? words : "", refusal: "" })
    this.go("write")
  }

  startWith({ words }) {
    this.set({ typed: words.replace("…", " "), refusal: "" })
  }

  type(field, words) {
    this.set({ [field]: words, refusal: "" })
  }

  /* People and scopes. */

  choosePart(name, value) {
    const isNews = this.guest[name] !== value
    this.set({ [name]: value, ...(name === "age" && isNews ? { scopes: [] } : {}) })
  }

  tick(scope) {
    const { scopes } = this.guest
    const others = scopes.filter((each) => each !== scope)
    this.set({ scopes: others.length < scopes.length ? others : [...scopes, scope] })
  }

  group() {
    this.set({ guardian: false })
    this.go(LANES[this.guest.age])
  }

  parent() {
    this.set({ guardian: true })
    this.go("child")
  }
}
