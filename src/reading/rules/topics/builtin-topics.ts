import type { TopicRule } from '../types.ts'
import topics from './builtin-topics.json' with { type: 'json' }

/** The topics that come with the program; an analyst may change them, as data, under a new version. */
export const builtinTopics: TopicRule[] = topics
