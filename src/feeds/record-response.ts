import type { App } from '../app.ts'
import { inBatches } from './batcher.ts'
import { perApp } from './per-app.ts'
import type { Answer, Poll } from './poll-response.ts'
import type { PollResult } from './poll-result.ts'
import { recordAnswers } from './record-responses.ts'
import type { Feed } from './store/feeds.ts'

const together = 20
const writerOf = perApp((app) => inBatches<Poll, PollResult>((polls) => recordAnswers(app, polls), together))

/** Records what a feed answered, together with what others answered while the ones before were being written. */
export function recordAnswer(app: App, feed: Feed, answer: Answer): Promise<PollResult> {
  return writerOf(app)({ feed, answer })
}
