/** The reader of the output has gone, such as `head` in a pipe. The command ends quietly. */
export class OutputClosed extends Error {}

let isHandled = false
/** Kept here, because Node makes stdout look well again after each error. */
let hasReader = true

/**
 * Lets the process outlive its outputs. Without a listener, Node ends with a trace when the reader of a pipe or a terminal
 * goes away. A serving process goes on without the output. A command that could not write to a file exits with 1.
 */
export function outliveOutputs(): void {
  if (isHandled) return
  isHandled = true
  process.stderr.on('error', () => {}) // nothing is left that could report it
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (isReaderGone(error)) {
      hasReader = false
      return
    }
    process.exitCode = 1
    console.error(`The output is not complete, because it could not be written: ${error.message}.`)
  })
}

/** @throws OutputClosed after the reader of stdout has gone, so that a long listing ends */
export function requireReader(): void {
  if (!hasReader) throw new OutputClosed()
}

/** EPIPE of a pipe, EIO of a terminal that was closed. */
function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'EIO'
}
