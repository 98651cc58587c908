import type { Find, Rule } from '../topics/rule.ts'
import { builtinTopics } from '../topics/topic-file.ts'
import type { TopicRule } from '../types.ts'
import { understood } from './chosen-meanings.ts'
import { contentStems, contentWords, stemOf } from './content-words.ts'
import type { Lexicon } from './lexicon.ts'
import { otherSenses } from './other-senses.ts'
import { isAnchor, threshold, weights } from './roles.ts'
import type { StreamShare, TopicSketch } from './topic-sketch.ts'
import { topicWords } from './topic-words.ts'
import { type WordList, wordLists } from './word-lists.ts'

/** A rule that was learned, with the lists that it was made from. */
export type LearnedRule = { rule: Rule; threshold: number; lists: WordList[] }

/** Words further from a word of the subject than this do not count. */
const within = 15

/**
 * Learns the rule of a topic from examples: always the same rule from the same sketch, lexicon and stream. It consists of lists
 * and signals that an analyst can read and edit.
 */
export function learnRule(sketch: TopicSketch, lexicon: Lexicon, share: StreamShare = () => 0): LearnedRule {
  const words = understood(topicWords(sketch, lexicon, share), lexicon)
  const counterStems = new Set(sketch.counterExamples.flatMap((text) => [...contentStems(text)]))
  const lists = wordLists(words, counterStems, lexicon)
  const { phrases, signals } = signalsOf(lists, sketch)
  const ordinary = ordinaryLife(
    sketch,
    words.map(({ stem }) => stem),
  )
  const rule = {
    lists: ordinary ? { ...phrases, ordinary } : phrases,
    exclusions: otherSenses(words, sketch, lexicon),
    none: ordinary ? ['@ordinary'] : [],
    signals,
  }
  return { rule, threshold, lists }
}

/** What the topic is about counts anywhere; other words only near it. */
function signalsOf(lists: WordList[], sketch: TopicSketch): Pick<Rule, 'signals'> & { phrases: Rule['lists'] } {
  const phrases: Rule['lists'] = {}
  const anchors: { name: string; weight: number }[] = []
  const beside: { name: string; weight: number }[] = []
  const add = (to: typeof anchors, name: string, words: string[], weight: number) => {
    if (words.length === 0) return
    phrases[name] = words
    to.push({ name, weight })
  }
  for (const { name, role, given, added, words } of lists) {
    if (!isAnchor(role)) add(beside, name, [...given, ...added], weights[role])
    else if (role === 'linked' || role === 'subject') add(anchors, name, [...given, ...added], weights[role])
    else {
      if (role === 'doubtful') add(anchors, `${name}-form`, cleanForms(words, sketch), weights.linked)
      add(anchors, name, given, weights[role])
      add(anchors, `${name}-related`, added, weights.linked)
    }
  }
  const anyAnchor: Find = { any: anchors.map(({ name }) => `@${name}`) }
  const alone = anchors.map(({ name, weight }) => ({ weight, find: `@${name}` }))
  const near = beside.map(({ name, weight }) => ({ weight, find: { near: [`@${name}`, anyAnchor], within } }))
  return { phrases, signals: anchors.length > 0 ? [...alone, ...near] : [] }
}

/** The forms of doubtful words of the name that no counter-example has: `=elections` where one has "elected". */
function cleanForms(words: WordList['words'], { counterExamples }: TopicSketch): string[] {
  const used = new Set(counterExamples.flatMap((text) => contentWords(text).map(({ word }) => word)))
  return words
    .filter(({ inName }) => inName)
    .flatMap(({ forms }) => forms.filter((form) => !used.has(form)).map((form) => `=${form}`))
}

/** The built-in list of ordinary life (museums, novels, concerts), if a counter-example is about it. */
function ordinaryLife({ counterExamples }: TopicSketch, topicStems: string[]): string[] | undefined {
  const list = [...new Set(builtinTopics.flatMap(({ rule }) => (rule as Rule).lists.ordinary ?? []))]
  const stems = new Set(list.filter((phrase) => !phrase.includes(' ')).map((phrase) => stemOf(phrase.replace('=', ''))))
  const isMeant = counterExamples.some((text) => [...contentStems(text)].some((stem) => stems.has(stem)))
  return isMeant ? list.filter((phrase) => !topicStems.includes(stemOf(phrase.replace('=', '')))) : undefined
}

/** A learned rule as a topic. */
export function learnedTopic(
  slug: string,
  version: number,
  { name, description }: TopicSketch,
  learned: LearnedRule,
): TopicRule {
  return { slug, name, description, version, threshold: learned.threshold, rule: learned.rule }
}
