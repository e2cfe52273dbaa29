/** Questions to the booth's server, each with a limit to its patience. */

const PATIENCE = 8000 // milliseconds; a photo may take 2 s, its card 1 s more

/** What the server would not do: why, by name, and in the guest's language. */
export class Refusal extends Error {
  constructor(name, message = "") {
    super(message)
    this.name = name
  }
}

/** Ask for a change. Answers what the server says; throws Refusal. */
export async function ask(path, body, language) {
  const answer = await send(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": language },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw await refusal(answer)
  return answer.status === 204 ? {} : await read(answer)
}

/** Tell how the camera is: {is_live, is_test_card}. Throws Refusal. */
export async function camera() {
  const answer = await send("/booth/camera", { cache: "no-store" })
  if (!answer.ok) throw await refusal(answer)
  return await read(answer)
}

/** Tell the server that a visit is over, also from a page that is closing. */
export function end(visit) {
  const nothing = new Blob(["{}"], { type: "application/json" })
  navigator.sendBeacon(`/visits/${visit}/end`, nothing)
}

async function send(path, request) {
  try {
    return await fetch(path, { ...request, signal: AbortSignal.timeout(PATIENCE) })
  } catch {
    throw new Refusal("Silent")
  }
}

async function read(answer) {
  try {
    return await answer.json()
  } catch {
    throw new Refusal("Silent")
  }
}

async function refusal(answer) {
  const told = await answer.json().catch(() => ({}))
  if (answer.status === 404 || answer.status === 410) return new Refusal("Gone")
  return new Refusal(told.error ?? "Failed", told.message ?? "")
}
