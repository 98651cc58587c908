import type { TopicRule } from '../types.ts'
import topics from './builtin-topics.json' with { type: 'json' }

/** The topics that come with the program. An analyst can publish other rules for them under a new version. */
export const builtinTopics: TopicRule[] = topics
