/** Every write is one JSON post. */

const PATIENCE = 8_000 // milliseconds; a photo may take 2 s, its card 1 s more

/** Send `body`; the answer's status is 0 when there was none. Never throws. */
export async function post(url, body = {}, headers = {}) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    })
    const isJson = answer.headers.get("Content-Type")?.includes("json")
    return { status: answer.status, said: isJson ? await answer.json() : {} }
  } catch {
    return { status: 0, said: {} }
  }
}
