import type { PageTask } from '../parsing/article.ts'
import { type ParseHints, type ParseOutcome, parseFeed } from '../parsing/parse-feed.ts'
import { read } from '../reading/rules/read.ts'
import type { Reading, Source } from '../reading/rules/types.ts'
import { markStart, type TaskStart } from './processor-time.ts'
import { rulesIn, type SharedRules } from './shared-rules.ts'

/** What a reader thread can do. */
export type ReaderTask =
  | { kind: 'parse'; body: Uint8Array; transfer?: boolean | undefined; hints: ParseHints }
  | { kind: 'read'; source: Source; rules: SharedRules }
  | ({ kind: 'article' } & PageTask)

/** The result of a reader thread; null is a page without an article. */
export type ReaderResult = ParseOutcome | Reading | string | null

/** Runs one task in a reader thread, which may be killed at any moment and keeps only the rules between tasks. */
export default async function runTask(task: ReaderTask & TaskStart): Promise<ReaderResult> {
  markStart(task)
  if (task.kind === 'parse') return parseFeed(task.body, task.hints)
  if (task.kind === 'read') return read(task.source, rulesIn(task.rules))
  const { articleIn } = await import('../parsing/article.ts')
  return articleIn(task)
}
