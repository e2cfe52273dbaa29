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

  /** Whether a promise's time is not over. */
  has(id) {
    const now = performance.now()
    return this.#schedule.some((each) => each.id === id && each.ends > now)
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
