/** A photo that follows the finger: far enough to the right, or to the left, is a wish. */

const FAR = 0.3 // of the photo's width: nearer than that nothing happens
const SURE = 10 // px before it is known whether the finger goes sideways

export class Swipe {
  #area
  #wishes
  #begun // where the finger came down: { id, x, y, card }
  #by = 0 // px to the right

  /**
   * `touched()` returns the card under the finger, if it may be decided;
   * `right()` and `left()` are the wishes. Up and down still scrolls.
   */
  constructor(area, wishes) {
    this.#area = area
    this.#wishes = wishes
    area.addEventListener("pointerdown", (event) => this.#begin(event))
    area.addEventListener("pointermove", (event) => this.#move(event))
    area.addEventListener("pointerup", (event) => this.#end(event))
    area.addEventListener("pointercancel", () => this.#letGo())
    area.addEventListener("dragstart", (event) => event.preventDefault())
  }

  #begin({ target, pointerId: id, clientX: x, clientY: y, isPrimary, pointerType }) {
    const photo = target.closest(".case__photo")
    const card = photo && this.#wishes.touched()
    if (!card?.contains(photo) || !isPrimary || pointerType === "mouse") return

    this.#begun = { id, x, y, card, width: photo.offsetWidth }
  }

  #move({ pointerId, clientX, clientY }) {
    if (pointerId !== this.#begun?.id) return

    const { x, y, card } = this.#begun
    const [across, down] = [clientX - x, clientY - y]
    if (!this.#by && Math.abs(across) < Math.max(SURE, Math.abs(down))) return

    if (card.hidden || !card.isConnected) this.#letGo()
    else this.#follow(across)
  }

  #follow(across) {
    const { card, width } = this.#begun
    this.#by = across
    card.style.setProperty("--by", `${across}px`)
    card.dataset.swipe = across > 0 ? "right" : "left"
    card.toggleAttribute("data-far", Math.abs(across) >= width * FAR)
  }

  #end({ pointerId }) {
    if (pointerId !== this.#begun?.id) return

    const { card } = this.#begun
    const isFar = card.hasAttribute("data-far") && !card.hidden
    const wish = this.#by > 0 ? this.#wishes.right : this.#wishes.left
    this.#letGo()
    if (isFar) wish()
  }

  #letGo() {
    const card = this.#begun?.card
    this.#begun = undefined
    this.#by = 0
    card?.style.removeProperty("--by")
    card?.removeAttribute("data-swipe")
    card?.removeAttribute("data-far")
  }
}
