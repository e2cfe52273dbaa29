/** A tile's picture: a thumbnail, sixty of which a wall can move, or the photo itself. */

/** Show the photo where a tile stands large: in a slot that is a card. */
export async function sharpen(tile) {
  const thumb = tile.querySelector("img[data-photo]")
  if (!thumb) return

  const photo = new Image()
  photo.src = thumb.dataset.photo
  await photo.decode().catch(() => soften(tile))
  if (!photo.naturalWidth || !tile.closest(".slot--card")) return

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
