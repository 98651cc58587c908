import type { PageTask } from '../parsing/article.ts'
import { type ParseHints, type ParseOutcome, parseFeed } from '../parsing/parse-feed.ts'
import { read } from '../reading/rules/read.ts'
import type { Reading, Source, TopicRule } from '../reading/rules/types.ts'

/** What a reader thread is asked to do. */
export type ReaderTask =
  | { kind: 'parse'; body: Uint8Array; spent?: boolean | undefined; hints: ParseHints }
  | { kind: 'read'; source: Source; rules: string }
  | ({ kind: 'article' } & PageTask)

/** Shared memory, in which the thread says when it begins; milliseconds on the clock that all threads share. */
export type Begun = { begun: Float64Array }

/** What a reader thread answers; null: a page without an article. */
export type ReaderResult = ParseOutcome | Reading | string | null

/** The body of a reader thread: it may be killed at any moment and keeps nothing between tasks but the rules. */
export default async function work(task: ReaderTask & Begun): Promise<ReaderResult> {
  task.begun[0] = performance.timeOrigin + performance.now()
  if (task.kind === 'parse') return parseFeed(task.body, task.hints)
  if (task.kind === 'read') return read(task.source, rulesIn(task.rules))
  const { articleIn } = await import('../parsing/article.ts')
  return articleIn(task)
}

let kept: { json: string; rules: TopicRule[] } = { json: '[]', rules: [] }

/** The rules come with each task as JSON: as long as it is the same, so are they, and stay compiled. */
function rulesIn(json: string): TopicRule[] {
  if (kept.json !== json) kept = { json, rules: JSON.parse(json) as TopicRule[] }
  return kept.rules
}
