/**
 * A tile's picture: a thumbnail, sixty of which a wall can move, or the photo itself.
 *
 * Drawn once, each on a canvas of its own. What a browser decodes for an image element
 * it keeps long after that has gone: half a gigabyte in an evening.
 */

const PATIENCE = 1_000 // ms to wait for a photo before its thumbnail will do
const ANSWER = 5_000 // ms a picture may take; then there are words

/** Get the photo of a tile that will stand large; none when it does not come soon. */
export async function photoOf(tile) {
  const thumb = tile.querySelector("[data-photo]")
  if (!thumb) return undefined

  const photo = document.createElement("canvas")
  const isDrawn = draw(photo, thumb.dataset.photo).then(() => true, () => false)
  return (await Promise.race([isDrawn, after(PATIENCE)])) ? photo : undefined
}

/** Show the photo where a tile stands large: in a slot that is a card. */
export async function sharpen(tile) {
  const photo = await photoOf(tile)
  if (photo && tile.closest(".slot--card")) show(tile, photo)
}

/** Show this photo of a tile instead of its thumbnail. */
export function show(tile, photo) {
  const thumb = tile.querySelector("[data-photo]")
  if (!thumb) return

  tile.thumb = thumb
  thumb.replaceWith(photo)
}

/** Show the thumbnail again. */
export function soften(tile) {
  if (!tile.thumb) return

  const photo = tile.querySelector("canvas")
  photo.replaceWith(tile.thumb)
  photo.width = 0 // its pixels go now
  tile.thumb = undefined
}

/** Whether a tile has only its words: its picture did not come. */
export function isWorded(tile) {
  return tile.classList.contains("tile--words")
}

/** Wait for every picture of a tile; one that does not come leaves the words. */
export async function decoded(tile) {
  const drawings = [...tile.querySelectorAll("img")].map((each) => each.decode())
  const thumb = tile.thumb ?? tile.querySelector("[data-thumb]")
  const drawn = thumb && draw(thumb, thumb.dataset.thumb)
  const all = Promise.all([...drawings, drawn]).then(() => true, () => false)
  const isDrawn = await Promise.race([all, after(ANSWER)])
  tile.classList.toggle("tile--words", !isDrawn)
}

/** Draw the picture at an address, as large as it is. */
async function draw(canvas, address) {
  paint(canvas, await fetched(address))
}

/** Get the picture at an address, decoded. */
export async function fetched(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER) })
  if (!answer.ok) throw new Error(`The picture answered ${answer.status}.`)

  return createImageBitmap(await answer.blob())
}

/** Hand a decoded picture over to a canvas: nothing is drawn, nothing is copied. */
export function paint(canvas, picture) {
  canvas.width = picture.width
  canvas.height = picture.height
  canvas.getContext("bitmaprenderer", { alpha: false }).transferFromImageBitmap(picture)
}

function after(patience) {
  return new Promise((late) => setTimeout(late, patience, false))
}
