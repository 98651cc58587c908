/** A mistake of the person who called the program. The message is one sentence for them, and the exit code is 2. */
export class UserError extends Error {
  override name = 'UserError'
}

/** Why a file that a person named cannot be read, and what to do, in sentences. */
export function unreadableFile(path: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return `There is no file ${path}. Check the path.`
  if (code === 'EISDIR') return `${path} is a folder. Name a file.`
  return `${path} cannot be read (${code ?? message}). Check who may read the file.`
}
