// The phone's language, unless one was chosen here; sharing, where the phone can.
const picks = [...document.querySelectorAll(".pick")]
const wished = [
  sessionStorage.language,
  ...navigator.languages.map((each) => each.slice(0, 2)),
]
const found = wished
  .map((each) => picks.find(({ value }) => value === each))
  .find(Boolean)
const speak = ({ value }) => (document.documentElement.lang = value)
if (found) speak(Object.assign(found, { checked: true }))
for (const pick of picks) {
  pick.addEventListener("change", () => {
    sessionStorage.language = pick.value
    speak(pick)
  })
}
const share = document.querySelector("[data-do=share]")
if (share && navigator.share) {
  share.hidden = false
  share.addEventListener("click", () =>
    navigator.share({ text: share.dataset.words, url: location.href }).catch(() => {}),
  )
}
