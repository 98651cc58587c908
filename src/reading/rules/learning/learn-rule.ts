import type { Find, Rule } from '../topics/rule.ts'
import { topicsOfStored } from '../topics/stored-claim.ts'
import { builtinTopics } from '../topics/topic-file.ts'
import type { TopicRule } from '../types.ts'
import { understood } from './chosen-meanings.ts'
import { contentStems, contentWords, stemOf } from './content-words.ts'
import { otherSenses } from './other-senses.ts'
import { isAnchor, thresholds, weights } from './roles.ts'
import { StreamWords } from './stream-words.ts'
import type { TopicSketch } from './topic-sketch.ts'
import { topicWords } from './topic-words.ts'
import { type WordList, wordLists } from './word-lists.ts'
import type { Lexicon } from './word-meanings.ts'

/** A rule that was learned, with the lists that it was made from. */
export type LearnedRule = { rule: Rule; threshold: number; lists: WordList[] }

/** Words further from a word of the subject than this do not count. */
const within = 15

/**
 * Learns the rule of a topic from examples: always the same rule from the same sketch, lexicon and stream. It consists of lists
 * and signals that an analyst can read and edit.
 */
export function learnRule(sketch: TopicSketch, lexicon: Lexicon, stream = new StreamWords()): LearnedRule {
  const words = understood(topicWords(sketch, lexicon, stream), lexicon)
  const named = words.filter(({ inName }) => inName).map(({ stem }) => stem)
  const terms = { lexicon, stream, named }
  const counterStems = new Set(sketch.counterExamples.flatMap((text) => [...contentStems(text)]))
  const lists = wordLists(words, counterStems, terms)
  const { phrases, signals } = signalsOf(lists, sketch)
  const ordinary = ordinaryLife(
    sketch,
    words.map(({ stem }) => stem),
  )
  const rule = {
    lists: ordinary ? { ...phrases, ordinary } : phrases,
    exclusions: otherSenses(words, sketch, terms),
    none: ordinary ? ['@ordinary'] : [],
    signals,
  }
  return { rule, threshold: fittedThreshold(rule, sketch), lists }
}

/** The lowest threshold at which no counter-example matches, if no example is lost by it. */
function fittedThreshold(rule: Rule, { name, description, examples, counterExamples }: TopicSketch): number {
  if (rule.signals.length === 0) return thresholds[0]
  // Each array is compiled once, however many sentences are read by it.
  const candidates = thresholds.map((threshold) => [
    { slug: 'learned', name, description, version: 1, threshold, rule },
  ])
  const matching = (texts: string[], rules: TopicRule[]) =>
    texts.filter((text) => topicsOfStored({ text, quote: null }, rules).length > 0).length
  const found = matching(examples, candidates[0] ?? [])
  const fitted = candidates.find(
    (rules) => matching(counterExamples, rules) === 0 && matching(examples, rules) === found,
  )
  return fitted?.[0]?.threshold ?? thresholds[0]
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
    else if (role === 'linked' || role === 'subject' || role === 'akin')
      add(anchors, name, [...given, ...added], weights[role])
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
