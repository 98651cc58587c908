import type { App } from '../app.ts'
import { createBatcher } from './batcher.ts'
import { perApp } from './per-app.ts'
import type { AnsweredPoll, PollResponse } from './poll-response.ts'
import type { PollResult } from './poll-result.ts'
import { recordResponses } from './record-responses.ts'
import type { Feed } from './store/feeds.ts'

const together = 20
const writerOf = perApp((app) =>
  createBatcher<AnsweredPoll, PollResult>((polls) => recordResponses(app, polls), together),
)

/** Records what a feed answered, together with what others answered while the ones before were being written. */
export function recordResponse(app: App, feed: Feed, answer: PollResponse): Promise<PollResult> {
  return writerOf(app)({ feed, response: answer })
}
