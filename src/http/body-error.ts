/** The body of a response cannot be used: it is too large, or its content coding is not accepted. The message says which. */
export class BodyError extends Error {
  override name = 'BodyError'
}
