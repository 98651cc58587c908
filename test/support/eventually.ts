/** Asks until the answer is there. */
export async function eventually<T>(ask: () => Promise<T | undefined | false>, what: string, ms = 60_000): Promise<T> {
  const end = performance.now() + ms
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (performance.now() > end) throw new Error(`Waited ${ms} ms for ${what}, which did not happen.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
