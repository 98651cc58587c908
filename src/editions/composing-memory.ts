/**
 * What the composing of mails found out in a transaction, for the groups after the first: most differ in a choice that
 * the answer does not depend on. It ends with its transaction, so that nothing in it is older than the lock of composing.
 */
export type ComposingMemory = {
  /** The answer to a question about `facts`, found once. */
  once<Answer>(question: string, facts: unknown, find: () => Promise<Answer>): Promise<Answer>
}

export function createComposingMemory(): ComposingMemory {
  const answers = new Map<string, Promise<unknown>>()
  return {
    once<Answer>(question: string, facts: unknown, find: () => Promise<Answer>) {
      const key = `${question} ${JSON.stringify(facts)}`
      const known = (answers.get(key) as Promise<Answer> | undefined) ?? find()
      answers.set(key, known)
      return known
    },
  }
}
