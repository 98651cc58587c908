import { readFileSync } from 'node:fs'
import type { TopicSketch } from '../../src/reading/rules/learning/topic-sketch.ts'
import { topicsOfStored } from '../../src/reading/rules/topics/stored-claim.ts'
import type { TopicRule } from '../../src/reading/rules/types.ts'

/** A topic of `test/fixtures/learned-topics`: what a rule is learned from, and labelled sentences that it has not seen. */
export type LabelledTopic = { sketch: TopicSketch; unseen: { isOnTopic: boolean; text: string }[] }

export function labelledTopic(slug: string): LabelledTopic {
  const lines = readFileSync(new URL(`../fixtures/learned-topics/${slug}.tsv`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
  const of = (kind: string) => lines.flatMap(([label, text]) => (label === kind ? [text!] : []))
  return {
    sketch: {
      name: of('name')[0]!,
      description: of('description')[0]!,
      examples: of('example'),
      counterExamples: of('counter'),
    },
    unseen: lines
      .filter(([label = '']) => ['positive', 'trap', 'neutral'].includes(label))
      .map(([label, text]) => ({ isOnTopic: label === 'positive', text: text! })),
  }
}

/** The F1 of a rule on labelled sentences, from 0 to 1. */
export function f1Of(topic: TopicRule, sentences: LabelledTopic['unseen']): number {
  const rules = [topic]
  const judged = sentences.map(({ isOnTopic, text }) => ({
    isOnTopic,
    matches: topicsOfStored({ text, quote: null }, rules).length > 0,
  }))
  const right = judged.filter(({ isOnTopic, matches }) => isOnTopic && matches).length
  const wrong = judged.filter(({ isOnTopic, matches }) => isOnTopic !== matches).length
  return (2 * right) / (2 * right + wrong)
}
