/** Measure a page as it stands: every fault a person would see, as a line of text. */
async ({ touch, scrolls }) => {
  const SLACK = 1.5 // px
  const TOUCHED = "button, a, input, textarea, summary, [role=button]"
  const OFTEN_DRAWN = "svg, .stage, .hands, [aria-hidden=true], template, script, style"
  const BOXES = ".banner, .ticket, .next, .help, .wait, .only-you, .talk__way, .camera__words"
  const faults = []
  const root = document.documentElement

  await document.fonts.ready
  await Promise.all([...document.images].map(settled))
  for (const each of document.getAnimations()) finish(each)

  /** A lazy picture out of sight never comes, and a mirror never ends. */
  function settled(picture) {
    const isEndless = picture.dataset.from === "preview" || picture.loading === "lazy"
    return picture.complete || isEndless || picture.decode().catch(() => {})
  }

  function finish(animation) {
    try {
      animation.finish()
    } catch {
      animation.cancel() // it has no end
    }
  }

  const isShown = (part) =>
    part.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !part.closest(".visually-hidden, .unseen, .pick")
  const told = (part) => {
    const words = (part.getAttribute("aria-label") ?? part.textContent ?? "").trim()
    const [name] = part.classList
    return `<${part.localName}${name ? `.${name}` : ""}> "${words.replace(/\s+/g, " ").slice(0, 40)}"`
  }
  const figures = ({ left, top, right, bottom }) =>
    `${Math.round(left)},${Math.round(top)}–${Math.round(right)},${Math.round(bottom)}`
  const sticksOut = (inner, outer) =>
    inner.left < outer.left - SLACK ||
    inner.right > outer.right + SLACK ||
    inner.top < outer.top - SLACK ||
    inner.bottom > outer.bottom + SLACK
  const overlap = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > SLACK &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > SLACK
  const paper = { left: 0, top: 0, right: root.clientWidth, bottom: root.clientHeight }
  if (scrolls) paper.bottom = Math.max(root.scrollHeight, paper.bottom)
  const scroller = (part) => {
    for (let each = part.parentElement; each && each !== root; each = each.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(each).overflowY)) return each
    }
    return null
  }

  /** What of a line of text can be ink: its rect without the room above and below. */
  const ink = ({ left, top, right, bottom }) => {
    const spare = (bottom - top) * 0.22
    return { left, right, top: top + spare, bottom: bottom - spare }
  }

  /** Every line of text that is shown, with the part that holds it. */
  const lines = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const part = node.parentElement
    if (!node.data.trim() || part.closest(OFTEN_DRAWN) || !isShown(part)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) {
      if (rect.width > 1) lines.push({ part, rect: ink(moved(rect)) })
    }
  }

  function moved({ left, top, right, bottom }) {
    const by = scrolls ? scrollY : 0
    return { left, right, top: top + by, bottom: bottom + by }
  }

  /* Nothing scrolls that should not. */
  if (root.scrollWidth > root.clientWidth + 1) {
    faults.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`)
  }
  if (!scrolls && root.scrollHeight > root.clientHeight + 1) {
    faults.push(`scrolls: ${root.scrollHeight} > ${root.clientHeight}`)
  }

  /* No text is cut off, by the screen or by what holds it. */
  const clipped = new Set()
  for (const { part, rect } of lines) {
    const list = scroller(part)
    for (let each = part; each && each !== root; each = each.parentElement) {
      if (each === list) break
      const style = getComputedStyle(each)
      if (style.webkitLineClamp !== "none") break // ends in an ellipsis, as drawn
      const isCut = /hidden|clip/.test(style.overflow)
      if (isCut && sticksOut(rect, moved(each.getBoundingClientRect()))) clipped.add(part)
    }
    if (!list && sticksOut(rect, paper)) clipped.add(part)
  }
  for (const part of clipped) faults.push(`cuts off ${told(part)}`)
  for (const part of document.querySelectorAll("textarea")) {
    if (isShown(part) && part.scrollHeight > part.clientHeight + 1) {
      faults.push(`cuts off what is written: ${part.scrollHeight} > ${part.clientHeight}`)
    }
  }

  /* No picture is squeezed. */
  for (const part of document.querySelectorAll("img")) {
    const { naturalWidth, naturalHeight, clientWidth, clientHeight } = part
    const isFree = getComputedStyle(part).objectFit === "fill"
    if (!naturalWidth || !clientWidth || !isFree || !isShown(part)) continue

    const share = (clientWidth / clientHeight) * (naturalHeight / naturalWidth)
    if (Math.abs(share - 1) > 0.05) faults.push(`squeezes ${told(part)}: ${share.toFixed(2)}`)
  }

  /* No text leaves its own button, card or ticket sideways or downwards. */
  const left = new Set()
  for (const { part, rect } of lines) {
    const box = part.closest("button, .btn, .choice, .banner, .ticket, .help, .field__refusal, .card, .chip, .toast, .camera__words")
    if (box && sticksOut(rect, moved(box.getBoundingClientRect()))) left.add(part)
  }
  for (const part of left) faults.push(`lets the words out of ${told(part)}`)

  /* No text lies on other text. */
  const laid = new Set()
  lines.forEach((one, place) => {
    for (const other of lines.slice(place + 1)) {
      if (one.part === other.part || scroller(one.part) !== scroller(other.part)) continue
      if (one.part.closest(".toast, .wall__silence") || other.part.closest(".toast")) continue
      if (overlap(one.rect, other.rect)) laid.add(`${told(one.part)} on ${told(other.part)}`)
    }
  })
  for (const each of laid) faults.push(`lays ${each}`)

  /* Whatever can be touched is on the screen, apart from the rest, and large enough. */
  const parts = [...document.querySelectorAll(TOUCHED)].filter(
    (part) => isShown(part) && part.getBoundingClientRect().width > 0,
  )
  const loose = parts.filter((part) => !scroller(part) && !part.closest(".toast"))
  const rects = new Map(parts.map((part) => [part, moved(part.getBoundingClientRect())]))
  for (const part of loose) {
    if (sticksOut(rects.get(part), paper)) {
      faults.push(`leaves the screen: ${told(part)} at ${figures(rects.get(part))}`)
    }
  }
  loose.forEach((one, place) => {
    for (const other of loose.slice(place + 1)) {
      const isInside = one.contains(other) || other.contains(one)
      if (!isInside && overlap(rects.get(one), rects.get(other))) {
        faults.push(`overlaps: ${told(one)} and ${told(other)}`)
      }
    }
  })
  for (const box of document.querySelectorAll(BOXES)) {
    if (!isShown(box) || scroller(box)) continue
    for (const part of loose) {
      const isApart = !box.contains(part) && !part.contains(box)
      if (isApart && overlap(rects.get(part), moved(box.getBoundingClientRect()))) {
        faults.push(`lies on ${told(box)}: ${told(part)}`)
      }
    }
  }
  for (const part of parts) {
    const { left: x, right, top, bottom } = rects.get(part)
    const isInline = getComputedStyle(part).display === "inline"
    if (!isInline && Math.min(right - x, bottom - top) < touch - 0.5) {
      faults.push(`is too small to touch: ${told(part)}, ${Math.round(right - x)} × ${Math.round(bottom - top)}`)
    }
  }
  for (const part of loose.filter(({ disabled }) => !disabled)) {
    const { left: x, right, top, bottom } = part.getBoundingClientRect()
    const [middle, centre] = [(x + right) / 2, (top + bottom) / 2]
    if (centre < 0 || centre > innerHeight) continue
    const hit = document.elementFromPoint(middle, centre)
    if (hit && !part.contains(hit) && !hit.contains(part)) {
      faults.push(`is covered: ${told(part)} by ${told(hit)}`)
    }
  }
  return faults
}
