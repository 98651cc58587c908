import { topicsOfStored } from '../topics/stored-claim.ts'
import type { TopicRule } from '../types.ts'
import { learnedTopic, learnRule } from './learn-rule.ts'
import type { StreamWords } from './stream-words.ts'
import type { TopicSketch } from './topic-sketch.ts'
import type { Lexicon } from './word-meanings.ts'

/** What a learned rule does on its own sentences, and what rules do that were learned without the sentence in question. */
export type SelfTest = { fitted: Found; leftOut: Found }
/** How many examples and counter-examples match, and which of them should have been decided otherwise. */
type Found = { examples: number; counterExamples: number; missed: string[]; wrong: string[] }

/** Learns once for each sentence without it (leave-one-out), and says whether the rule decides it rightly. */
export function testOnSketch(sketch: TopicSketch, rule: TopicRule, lexicon: Lexicon, stream: StreamWords): SelfTest {
  const learn = (part: TopicSketch) => learnedTopic(rule.slug, 1, part, learnRule(part, lexicon, stream))
  const without = (list: string[], at: number) => list.filter((_, i) => i !== at)
  const { examples, counterExamples } = sketch
  // One array for all sentences: an array of rules is compiled once.
  const own = [rule]
  return {
    fitted: foundBy(sketch, () => own),
    leftOut: foundBy(sketch, (kind, at) => [
      learn(
        kind === 'example'
          ? { ...sketch, examples: without(examples, at) }
          : { ...sketch, counterExamples: without(counterExamples, at) },
      ),
    ]),
  }
}

type RulesFor = (kind: 'example' | 'counter-example', at: number) => TopicRule[]

function foundBy({ examples, counterExamples }: TopicSketch, rulesFor: RulesFor): Found {
  const matches = (text: string, rules: TopicRule[]) => topicsOfStored({ text, quote: null }, rules).length > 0
  const missed = examples.filter((text, at) => !matches(text, rulesFor('example', at)))
  const wrong = counterExamples.filter((text, at) => matches(text, rulesFor('counter-example', at)))
  return { examples: examples.length - missed.length, counterExamples: wrong.length, missed, wrong }
}
