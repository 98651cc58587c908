import type { MessagePort } from 'node:worker_threads'
import { read } from '../domain/reading/read.ts'
import type { Reading, Source, TopicRule } from '../domain/reading/types.ts'
import { type ParseHints, type ParseOutcome, parseFeed } from './parse-feed.ts'

/** What a reader thread is asked to do. */
export type ReaderTask =
  | { kind: 'parse'; body: Uint8Array; hints: ParseHints }
  | { kind: 'read'; source: Source; rules: TopicRule[] }

/** Where the thread says that it begins. */
export type Begun = { begun: MessagePort }

/** The body of a reader thread: it may be killed at any moment and keeps nothing between tasks. */
export default async function work(task: ReaderTask & Begun): Promise<ParseOutcome | Reading> {
  task.begun.postMessage(true)
  return task.kind === 'parse' ? parseFeed(task.body, task.hints) : read(task.source, task.rules)
}
