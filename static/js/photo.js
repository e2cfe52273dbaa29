/** A tile's picture: a thumbnail, sixty of which a wall can move, or the photo itself. */

const PATIENCE = 1_000 // ms to wait for a photo before its thumbnail will do

/** Get the photo of a tile that will stand large; none when it does not come soon. */
export async function photoOf(tile) {
  const thumb = tile.querySelector("img[data-photo]")
  if (!thumb) return undefined

  const photo = new Image()
  photo.src = thumb.dataset.photo
  const isLate = new Promise((late) => setTimeout(late, PATIENCE, true))
  const isMissing = photo.decode().catch(() => true)
  return (await Promise.race([isMissing, isLate])) ? undefined : photo
}

/** Show the photo where a tile stands large: in a slot that is a card. */
export async function sharpen(tile) {
  const photo = await photoOf(tile)
  if (photo && tile.closest(".slot--card")) show(tile, photo)
}

/** Show this photo of a tile instead of its thumbnail. */
export function show(tile, photo) {
  const thumb = tile.querySelector("img[data-photo]")
  if (!thumb) return

  tile.thumb = thumb
  thumb.replaceWith(photo)
}

/** Show the thumbnail again. */
export function soften(tile) {
  if (tile.thumb) tile.querySelector("img").replaceWith(tile.thumb)
  tile.thumb = undefined
}

/** Wait for every picture of a tile; one that does not come leaves the words. */
export async function decoded(tile) {
  const pictures = [...tile.querySelectorAll("img")]
  const answers = pictures.map((picture) =>
    picture.decode().catch(() => tile.classList.add("tile--words")),
  )
  await Promise.all(answers)
}
