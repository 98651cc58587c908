/** A body that is not read: it is too large, compressed too often, or encoded as was not asked for. The message says which. */
export class BodyError extends Error {
  override name = 'BodyError'
}
