import { createInterface } from 'node:readline/promises'

/** Asks a person for a yes or no. Without a terminal nobody can answer, and the command itself counts as a yes. */
export async function confirmed(question: string): Promise<boolean> {
  if (!isTerminal()) return true
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const reply = await terminal.question(`${question} [Y/n] `).finally(() => terminal.close())
  return !/^\s*n/i.test(reply)
}

/** Whether a person can answer. */
export const isTerminal = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY)
