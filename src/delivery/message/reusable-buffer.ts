/** Gives memory of a length to write a message into. */
export type Allocate = (length: number) => Buffer

/** Memory of its own for each message. */
export const allocateFresh: Allocate = (length) => Buffer.allocUnsafe(length)

/**
 * The same memory for one message after the other: a piece is good until the next one is asked for. A connection that sends
 * many mails would else leave 30 KB behind with each, and wait for them to be collected.
 */
export function createReusableBuffer(): Allocate {
  let kept = Buffer.alloc(0)
  return (length) => {
    if (kept.length < length) kept = Buffer.allocUnsafeSlow(Math.ceil(length * 1.25))
    return kept.subarray(0, length)
  }
}
