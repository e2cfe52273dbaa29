/** Every write is one JSON post. */

const ANSWER = 8_000; // ms

/** Send `body`; the answer's status is 0 when there was none. Never throws. */
export async function post(url, body = {}) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER),
    });
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    return { status: answer.status, said: isJson ? await answer.json() : {} };
  } catch {
    return { status: 0, said: {} };
  }
}
