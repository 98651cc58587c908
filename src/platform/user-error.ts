/** A mistake of the person who called the program. The message is one sentence for them, and the exit code is 2. */
export class UserError extends Error {
  override name = 'UserError'
}
