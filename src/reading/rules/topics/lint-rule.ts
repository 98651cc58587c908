import type { TopicRule } from '../types.ts'
import { type Find, parseRule, type Rule } from './rule.ts'
import { wordTestsOf } from './term-index.ts'

/** What is allowed in a rule and yet hardly meant, one sentence each with its spot; a rule that is wrong throws instead. */
export function lintRule(topic: TopicRule): string[] {
  const rule = parseRule(topic)
  return [...unusedLists(rule), ...repeated(rule), ...looseEnds(rule), ...outOfReach(rule, topic.threshold)]
}

function unusedLists(rule: Rule): string[] {
  const written = JSON.stringify([rule.signals, rule.exclusions])
  return Object.keys(rule.lists)
    .filter((name) => !written.includes(`"@${name}"`))
    .map((name) => `lists.${name}: no signal and no exclusion uses this list.`)
}

/** Inflections are found anyway, so `strike` and `strikes` are one phrase. */
function repeated(rule: Rule): string[] {
  return Object.entries(rule.lists).flatMap(([name, phrases]) => {
    const seen = new Map<string, string>()
    return phrases.flatMap((phrase, i) => {
      const key = JSON.stringify(wordTestsOf(phrase))
      const first = seen.get(key)
      seen.set(key, first ?? phrase)
      return first === undefined ? [] : [`lists.${name}[${i}]: "${phrase}" finds the same as "${first}".`]
    })
  })
}

/** A prefix of two letters, or a phrase without a word of its own, finds nearly everything. */
function looseEnds(rule: Rule): string[] {
  return phrasesOf(rule).flatMap(([path, phrase]) => {
    const tests = wordTestsOf(phrase)
    const loose = tests.some(({ by, word }) => by === 'prefix' && word.length < 3)
    return loose ? [`${path}: "${phrase}" finds every word that begins with so few letters.`] : []
  })
}

function outOfReach({ signals }: Rule, threshold: number): string[] {
  const most = 1 - signals.reduce((product, { weight }) => product * (1 - weight), 1)
  return most < threshold ? [`signals: all of them together reach ${most.toFixed(2)}, below ${threshold}.`] : []
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
  return found
}
