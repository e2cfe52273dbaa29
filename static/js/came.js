/** Whether a photo has come: nobody decides about one that has not. */
export function hasCome(photo) {
  return Boolean(photo?.naturalWidth)
}
