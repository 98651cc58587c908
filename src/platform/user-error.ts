/** A mistake in how the program was called; its message is one sentence for the person, and the exit code is 2. */
export class UserError extends Error {
  override name = 'UsageError'
}
