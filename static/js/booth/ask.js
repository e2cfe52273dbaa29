/** Questions to the booth's server; what it will not do is a Refusal. */

import { post } from "../post.js"

const PATIENCE = 8000 // milliseconds

/** What the server would not do: why, by name, and in the guest's language. */
export class Refusal extends Error {
  constructor(name, message = "") {
    super(message)
    this.name = name
  }
}

/** Ask for a change. Answers what the server says; throws Refusal. */
export async function ask(path, body, language) {
  const { status, said } = await post(path, body, { "Accept-Language": language })
  if (status === 0) throw new Refusal("Silent")
  if (status === 404 || status === 410) throw new Refusal("Gone")
  if (status >= 400) throw new Refusal(said.error ?? "Failed", said.message ?? "")
  return said
}

/** Fetch what a card without a face would look like; "" when nobody answers. */
export async function sketch({ words, colour, drawing, language }) {
  try {
    const answer = await fetch("/sketch", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ words, colour, drawing, language }),
      signal: AbortSignal.timeout(PATIENCE),
    })
    return answer.ok ? URL.createObjectURL(await answer.blob()) : ""
  } catch {
    return ""
  }
}

/** Tell how the camera is: {is_live, is_test_card}. Throws when nobody answers. */
export async function camera() {
  const signal = AbortSignal.timeout(PATIENCE)
  const answer = await fetch("/booth/camera", { cache: "no-store", signal })
  if (!answer.ok) throw new Refusal("Silent")
  return await answer.json()
}

/**
 * Tell when what this visit kept stands in the wall's light, and hear what is asked.
 * While its code is `covered`, nobody is said to be there. Throws when nobody answers.
 */
export async function light(visit, covered) {
  const signal = AbortSignal.timeout(PATIENCE)
  const address = `/visits/${visit}/light${covered ? "?covered" : ""}`
  const answer = await fetch(address, { cache: "no-store", signal })
  if (!answer.ok) throw new Refusal("Silent")
  return await answer.json()
}

/** Tell the server that a visit is over, also from a page that is closing. */
export function end(visit) {
  const nothing = new Blob(["{}"], { type: "application/json" })
  navigator.sendBeacon(`/visits/${visit}/end`, nothing)
}
