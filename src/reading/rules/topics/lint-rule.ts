import { type Language, languages } from '../languages/language.ts'
import type { TopicRule } from '../types.ts'
import { type Find, parseRule, type Rule } from './rule.ts'
import { wordTestsOf } from './word-tests.ts'

/**
 * Warnings about what a rule may contain but probably should not, one sentence each with its path.
 * @throws TopicRuleError for a rule that is wrong
 */
export function lintRule(topic: TopicRule): string[] {
  const { languages: byLanguage, ...body } = parseRule(topic)
  const own = languages.flatMap((language) => {
    const rule = byLanguage[language]
    return rule ? warningsOf(rule, language, topic).map((warning) => `languages.${language}.${warning}`) : []
  })
  return [...warningsOf(body, 'en', topic), ...own]
}

function warningsOf(rule: Rule, language: Language, { threshold }: TopicRule): string[] {
  return [
    ...unusedLists(rule),
    ...repeatedPhrases(rule, language),
    ...shortPrefixes(rule, language),
    ...unreachableThreshold(rule, threshold),
  ]
}

function unusedLists(rule: Rule): string[] {
  const written = JSON.stringify([rule.signals, rule.exclusions, rule.none])
  return Object.keys(rule.lists)
    .filter((name) => !written.includes(`"@${name}"`))
    .map((name) => `lists.${name}: no signal and no exclusion uses this list.`)
}

/** Inflections are found anyway, so that `strike` and `strikes` are one phrase. */
function repeatedPhrases(rule: Rule, language: Language): string[] {
  return Object.entries(rule.lists).flatMap(([name, phrases]) => {
    const seen = new Map<string, string>()
    return phrases.flatMap((phrase, i) => {
      const key = JSON.stringify(wordTestsOf(phrase, language))
      const first = seen.get(key)
      seen.set(key, first ?? phrase)
      return first === undefined ? [] : [`lists.${name}[${i}]: "${phrase}" finds the same as "${first}".`]
    })
  })
}

/** A prefix of one or two letters finds nearly everything; one of digits finds numbers. */
function shortPrefixes(rule: Rule, language: Language): string[] {
  return phrasesOf(rule).flatMap(([path, phrase]) => {
    const tests = wordTestsOf(phrase, language)
    const isShort = tests.some(({ by, word }) => by === 'prefix' && word.length < 3 && !/^\d/.test(word))
    return isShort ? [`${path}: "${phrase}" finds too many words. Use at least 3 letters before *.`] : []
  })
}

function unreachableThreshold({ signals }: Rule, threshold: number): string[] {
  const maxScore = 1 - signals.reduce((product, { weight }) => product * (1 - weight), 1)
  if (maxScore >= threshold) return []
  const why = `all signals together reach a score of ${maxScore.toFixed(2)}, and the threshold is ${threshold}`
  return [`signals: ${why}. The topic never matches. Raise the weights.`]
}

function phrasesOf(rule: Rule): [path: string, phrase: string][] {
  const found: [string, string][] = Object.entries(rule.lists).flatMap(([name, phrases]) =>
    phrases.map((phrase, i): [string, string] => [`lists.${name}[${i}]`, phrase]),
  )
  const walk = (find: Find, path: string): void => {
    if (typeof find === 'string') {
      if (!find.startsWith('@')) found.push([path, find])
      return
    }
    for (const [key, parts] of Object.entries(find))
      if (Array.isArray(parts)) for (const [i, part] of parts.entries()) walk(part, `${path}.${key}[${i}]`)
  }
  for (const [i, { find }] of rule.signals.entries()) walk(find, `signals[${i}].find`)
  for (const [i, find] of rule.exclusions.entries()) walk(find, `exclusions[${i}]`)
  for (const [i, find] of rule.none.entries()) walk(find, `none[${i}]`)
  return found
}
