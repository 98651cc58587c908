import type { TopicRule } from '../types.ts'

/** The languages for which any topic has rules: English, in which they are written, and those that they name. */
export function coveredLanguages(rules: Pick<TopicRule, 'rule'>[]): Set<string> {
  return new Set(['en', ...rules.flatMap(({ rule }) => namedIn(rule))])
}

function namedIn(rule: unknown): string[] {
  if (rule === null || typeof rule !== 'object' || !('languages' in rule)) return []
  const { languages } = rule
  return languages !== null && typeof languages === 'object' ? Object.keys(languages) : []
}
