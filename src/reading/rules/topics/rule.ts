import { z } from 'zod'
import { UserError } from '../../../platform/user-error.ts'
import type { TopicRule } from '../types.ts'

/**
 * What a rule looks for within one sentence. A string is a phrase: its words stand side by side and are found in every
 * inflection ("security guarantee" finds "security guarantees"); a word that ends in `*` finds whatever begins so; `=word`
 * finds that form only; `@name` stands for any phrase of that list. Capitals do not matter, hyphens are spaces.
 * `all` may look in as many neighbouring `sentences`; `none` bars a match in whose sentence it stands.
 */
export type Find =
  | string
  | { any: Find[]; none?: Find[] | undefined }
  | { all: Find[]; sentences?: number | undefined; none?: Find[] | undefined }
  | { near: Find[]; within: number; ordered?: boolean | undefined; none?: Find[] | undefined }

const phrase = z
  .string()
  .trim()
  .min(1, 'a phrase needs at least one word')
  .max(200, 'a phrase has at most 200 letters')
  .refine(
    (text) => text.startsWith('@') || text.split(/[\s-]+/).every((word) => /^=?[\p{L}\p{M}\p{N}'’]+\*?$/u.test(word)),
    {
      message: 'a phrase is words of letters and figures, each with at most one * at its end or = at its head',
    },
  )

const several = (least: number) =>
  z.lazy(() => z.array(find).min(least, least > 1 ? 'at least two things must be named' : 'the list is empty'))

const find: z.ZodType<Find> = z.lazy(() =>
  z.union([
    phrase,
    z.strictObject({ any: several(1), none: several(1).optional() }),
    z.strictObject({
      all: several(1),
      sentences: z.int().min(1, 'sentences is at least 1').max(5, 'sentences is at most 5').optional(),
      none: several(1).optional(),
    }),
    z.strictObject({
      near: several(2),
      within: z.int().min(1, 'within is at least 1 word').max(50, 'within is at most 50 words'),
      ordered: z.boolean().optional(),
      none: several(1).optional(),
    }),
  ]),
)

/**
 * The `rule` field of a topic.
 * `lists`: named lists of phrases (places, organisations, kinds of attack), used as `@name`.
 * `signals`: what speaks for the topic, each with a weight from 0 to 1; the score of a text is 1 minus the product of
 * (1 - weight) over the signals found in it, so that two halves make three quarters and no text scores above 1.
 * `exclusions`: phrases whose words do not count ("labour strike" takes its "strike" out of play).
 */
export const topicRuleSchema = z.strictObject({
  lists: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/, 'a list is named in small letters'), z.array(phrase).min(1))
    .default({}),
  exclusions: z.array(find).default([]),
  signals: z
    .array(z.strictObject({ weight: z.number().gt(0).max(1), find }))
    .min(1, 'a rule needs at least one signal'),
})

export type Rule = z.infer<typeof topicRuleSchema>

/** The rule of a topic, checked; throws a TopicRuleError that points at the spot. */
export function parseRule({ slug, rule }: Pick<TopicRule, 'slug' | 'rule'>): Rule {
  const parsed = topicRuleSchema.safeParse(rule)
  if (!parsed.success) throw errorOf(slug, parsed.error.issues)
  for (const [path, name] of listsUsed(parsed.data)) {
    if (!Object.hasOwn(parsed.data.lists, name))
      throw new TopicRuleError(slug, path, `there is no list named "${name}"`)
  }
  return parsed.data
}

/** Every `@name` in a rule with its spot. */
function listsUsed(rule: Rule): [path: string, name: string][] {
  const used: [string, string][] = []
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string' && value.startsWith('@')) used.push([path, value.slice(1)])
    else if (Array.isArray(value)) for (const [i, one] of value.entries()) walk(one, `${path}[${i}]`)
    else if (value && typeof value === 'object')
      for (const [key, one] of Object.entries(value)) walk(one, path ? `${path}.${key}` : key)
  }
  walk(rule, '')
  return used
}

type Issue = z.core.$ZodIssue

/** The first problem in words; where several forms were possible, that of the form which the writer plainly meant. */
function errorOf(slug: string, issues: Issue[], path: PropertyKey[] = []): TopicRuleError {
  const [issue] = issues
  const at = [...path, ...(issue?.path ?? [])]
  if (issue?.code === 'invalid_union') {
    const meant = issue.errors.toSorted((a, b) => foreignness(a) - foreignness(b))[0]
    if (meant && foreignness(meant) < wholly) return errorOf(slug, meant, at)
    return new TopicRuleError(slug, spot(at), 'expected a phrase, or one of {any}, {all}, {near, within}')
  }
  return new TopicRuleError(
    slug,
    spot(at),
    (issue?.message ?? 'it is no rule').replace(/^\p{Lu}/u, (c) => c.toLowerCase()),
  )
}

const wholly = 100

/** How far a form is from what was written: a wrong type altogether, or keys that it lacks or does not know. */
function foreignness(issues: Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.path.length === 0)
      return sum + (issue.code === 'unrecognized_keys' ? 10 : issue.code === 'invalid_type' ? wholly : 0)
    return sum + (issue.code === 'invalid_type' && issue.path.length === 1 ? 5 : 0)
  }, 0)
}

function spot(path: PropertyKey[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('')
}

/** A topic rule that cannot be used; its message names the topic and the spot, as in `signals[2].near[0]`. */
export class TopicRuleError extends UserError {
  override name = 'TopicRuleError'
  readonly path: string

  constructor(slug: string, path: string, problem: string) {
    super(`The rule of topic "${slug}" is wrong at ${path || 'its top'}: ${problem}.`)
    this.path = path
  }
}
