import { describe, test } from 'vitest'
import { type Need, verdictOn } from './installed.ts'

/** `describe` for tests that use something which may be missing here: left out then, and failed on a build machine. */
export function suiteWith(need: Need): (name: string, tests: () => void) => void {
  const verdict = verdictOn(need)
  if (verdict === 'run') return describe
  if (verdict === 'leave out') return describe.skip // On a person's machine only: a build machine fails below.
  return (name) => describe(name, () => test('has what it needs', () => expectFound(need)))
}

function expectFound(need: Need): never {
  throw new Error(`${need} is missing on this machine`)
}
