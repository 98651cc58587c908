import { z } from 'zod'
import { UserError } from '../../../platform/user-error.ts'
import type { TopicRule } from '../types.ts'
import builtin from './builtin-topics.json' with { type: 'json' }
import ar from './languages/ar.json' with { type: 'json' }
import es from './languages/es.json' with { type: 'json' }
import fr from './languages/fr.json' with { type: 'json' }
import ru from './languages/ru.json' with { type: 'json' }
import uk from './languages/uk.json' with { type: 'json' }
import { parseRule } from './rule.ts'

const inLanguages = { uk, ru, fr, es, ar }

const topicSchema = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'a slug consists of lower-case letters, digits and hyphens'),
  name: z.string().trim().min(1, 'the name is empty').max(80),
  description: z.string().trim().max(600).default(''),
  version: z.int().min(1, 'the version is at least 1'),
  threshold: z.number().gt(0, 'the threshold is above 0').max(1, 'the threshold is at most 1'),
  rule: z.unknown(),
})

/**
 * Parses the topics of a file: JSON, one topic or a list of topics. Each rule is checked. Error messages start with
 * `file`.
 * @throws UserError with the path of the error (TopicRuleError for a rule)
 */
export function parseTopics(json: string, file = 'The file'): TopicRule[] {
  const parsed = [parsedJson(json, file)].flat().map(topicIn)
  for (const topic of parsed) parseRule(topic)
  return parsed
}

function parsedJson(json: string, file: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new UserError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function topicIn(value: unknown, index: number): TopicRule {
  const parsed = topicSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const named =
    value !== null && typeof value === 'object' && 'slug' in value ? `"${value.slug}"` : `number ${index + 1}`
  throw new UserError(
    `Topic ${named} is wrong at ${issue?.path.join('.') || 'the top level'}: ${issue?.message ?? 'it is not a topic'}.`,
  )
}

/**
 * The topics that come with the program, with their rules for each language that has some. An analyst can publish other rules
 * for them under a new version.
 */
export const builtinTopics: TopicRule[] = builtin.map((topic) => {
  const own = Object.entries(inLanguages).flatMap(([language, rules]) => {
    const rule = (rules as Record<string, unknown>)[topic.slug]
    return rule ? [[language, rule] as const] : []
  })
  return { ...topic, rule: { ...topic.rule, languages: Object.fromEntries(own) } }
})
