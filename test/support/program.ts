import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** The program as people start it: a process of its own. */
export type Program = {
  process: ChildProcess
  /** All that it has said on stdout and stderr. */
  said(): string
  /** Waits until it says something. */
  says(words: RegExp, ms?: number): Promise<RegExpExecArray>
  ended: Promise<number | NodeJS.Signals>
  /** Sends a signal and waits for the end; gives the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

const main = join(import.meta.dirname, '../../bin/sitrep.js')

/** `flags` are those of Node. */
export function startProgram(args: string[], env: Record<string, string>, flags: string[] = []): Program {
  const child = spawn(process.execPath, [...flags, main, ...args], { env: { ...bare(), ...env }, stdio: 'pipe' })
  let said = ''
  child.stdout!.on('data', (chunk) => (said += chunk))
  child.stderr!.on('data', (chunk) => (said += chunk))
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals)
  return {
    process: child,
    ended,
    said: () => said,
    says: (words, ms = 150_000) => waitForWords(() => said, words, ms),
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

/** Runs a command to its end. */
export async function runProgram(
  args: string[],
  env: Record<string, string>,
  input = '',
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...bare(), ...env }, stdio: 'pipe' })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}

/** The surroundings without settings of this machine that would change what the program does. */
function bare(): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/' }
}

async function waitForWords(said: () => string, words: RegExp, ms: number): Promise<RegExpExecArray> {
  const end = performance.now() + ms
  for (;;) {
    const found = words.exec(said())
    if (found) return found
    if (performance.now() > end) throw new Error(`Waited ${ms} ms for ${words}, and the program said:\n${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
