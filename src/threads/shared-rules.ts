import type { TopicRule } from '../reading/rules/types.ts'

/** Rules as JSON in memory that all threads share, with a number of their own. So nothing is copied with a task. */
export type SharedRules = { id: number; json: SharedArrayBuffer }

const shared = new WeakMap<TopicRule[], SharedRules>()
let lastId = 0

/** Shares an array of rules, once for all tasks; changed rules come in another array. */
export function shareRules(rules: TopicRule[]): SharedRules {
  const known = shared.get(rules) ?? { id: ++lastId, json: sharedText(JSON.stringify(rules)) }
  shared.set(rules, known)
  return known
}

function sharedText(text: string): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(Buffer.byteLength(text))
  Buffer.from(memory).write(text)
  return memory
}

let last: { id: number; rules: TopicRule[] } = { id: 0, rules: [] }

/** The rules of a task, in a thread: the same array as long as their number is the same, so that they stay compiled. */
export function rulesIn({ id, json }: SharedRules): TopicRule[] {
  if (last.id !== id) last = { id, rules: JSON.parse(Buffer.from(json).toString()) as TopicRule[] }
  return last.rules
}
