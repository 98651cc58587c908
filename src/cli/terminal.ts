import { createInterface } from 'node:readline/promises'

/** Asks a person; where nobody can answer, the command itself was the answer. */
export async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return true
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} [Y/n] `).finally(() => terminal.close())
  return !/^\s*n/i.test(answer)
}

const width = 30

/** Shows on stderr how far long work has come, where a person looks. */
export function progressBar(done: number, of: number): void {
  if (!process.stderr.isTTY) return
  const full = Math.round((width * done) / of)
  process.stderr.write(`\r[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${done}/${of}${done === of ? '\n' : ''}`)
}
