/** Who stands in the light of the wall, as the server scheduled it. */

export class Lights {
  #schedule = []

  /** Follow this schedule: each `{ id, starts, ends }`, in seconds from now. */
  follow(schedule) {
    const now = performance.now()
    this.#schedule = schedule.map(({ id, starts, ends }) => ({
      id,
      starts: now + starts * 1000,
      ends: now + ends * 1000,
    }))
  }

  /** When a promise's time begins, or began; nothing once it is over. */
  startOf(id) {
    const now = performance.now()
    return this.#schedule.find((each) => each.id === id && each.ends > now)?.starts
  }

  /** Return who is in the light, or will be within so many ms. */
  within(ms) {
    const now = performance.now()
    return this.#schedule.filter(({ starts, ends }) => ends > now && starts < now + ms)
  }

  /** Return who is in the light now. */
  get current() {
    const now = performance.now()
    return this.#schedule.find(({ starts, ends }) => starts <= now && now < ends)
  }

  /** Return who follows, soonest first. */
  get next() {
    const now = performance.now()
    return this.#schedule.filter(({ starts }) => starts > now)
  }
}
