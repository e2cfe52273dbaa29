/**
 * A tile's picture: a thumbnail, sixty of which a wall can move, or the photo itself.
 *
 * Drawn once, each on a canvas of its own. What a browser decodes for an image element
 * it keeps long after that has gone: half a gigabyte in an evening.
 */

const PATIENCE = 1_000 // ms to wait for a photo before its thumbnail will do

/** Get the photo of a tile that will stand large; none when it does not come soon. */
export async function photoOf(tile) {
  const thumb = tile.querySelector("[data-photo]")
  if (!thumb) return undefined

  const photo = document.createElement("canvas")
  const isDrawn = draw(photo, thumb.dataset.photo).then(() => true, () => false)
  const isLate = new Promise((late) => setTimeout(late, PATIENCE, false))
  return (await Promise.race([isDrawn, isLate])) ? photo : undefined
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

/** Wait for every picture of a tile; one that does not come leaves the words. */
export async function decoded(tile) {
  const drawings = [...tile.querySelectorAll("img")].map((each) => each.decode())
  const thumbs = [...tile.querySelectorAll("[data-thumb]")]
  const drawn = thumbs.map((each) => draw(each, each.dataset.thumb))
  await Promise.all([...drawings, ...drawn]).catch(() => {
    tile.classList.add("tile--words")
  })
}

/** Draw the picture at an address, as large as it is. */
export async function draw(canvas, address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`The picture answered ${answer.status}.`)

  const picture = await createImageBitmap(await answer.blob())
  canvas.width = picture.width
  canvas.height = picture.height
  canvas.getContext("2d", { alpha: false }).drawImage(picture, 0, 0)
  picture.close()
}
