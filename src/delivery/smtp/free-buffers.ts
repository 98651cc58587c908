import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const collectAfterBytes = 1_000_000

/**
 * Counts bytes that were received, and frees the buffers that nobody uses any more after every MB. V8 itself waits for 64 MB
 * of them, which the system then does not get back: a flood of mail would leave the worker so much larger.
 */
export function createBufferCollector(): (bytes: number) => void {
  let collect: ((options: { type: 'minor' }) => void) | undefined
  let received = 0
  return (bytes) => {
    received += bytes
    if (received < collectAfterBytes) return
    received = 0
    collect ??= exposeCollector()
    collect({ type: 'minor' })
  }
}

/** V8 shows its collector only to code that is compiled after the flag was set. */
function exposeCollector(): (options: { type: 'minor' }) => void {
  setFlagsFromString('--expose-gc')
  const collector: (options: { type: 'minor' }) => void = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  return collector
}
