import { z } from 'zod'
import { UserError } from '../../../platform/user-error.ts'
import { type Language, languages } from '../languages/language.ts'
import type { TopicRule } from '../types.ts'

/**
 * What a rule looks for within one sentence. A string is a phrase: adjacent words, each in any inflection ("security
 * guarantee" finds "security guarantees"). A word that ends in `*` finds all words with that beginning, `=word` finds
 * that form only, and `@name` is any phrase of a list. Case does not matter, and hyphens are spaces. `all` may look in
 * several neighbouring `sentences`; `none` drops a match in whose sentence one of its things stands.
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
  .max(200, 'a phrase has at most 200 characters')
  .refine(
    (text) => text.startsWith('@') || text.split(/[\s-]+/).every((word) => /^=?[\p{L}\p{M}\p{N}'’]+\*?$/u.test(word)),
    {
      message: 'a phrase has only letters, digits, spaces and hyphens; a word may start with = or end with *',
    },
  )

const several = (min: number) =>
  z.lazy(() => z.array(find).min(min, min > 1 ? 'near needs at least two phrases or forms' : 'the list is empty'))

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
 * What a rule looks for in one language.
 * `lists`: named lists of phrases (places, organisations, kinds of attack), used as `@name`.
 * `signals`: what indicates the topic, each with a weight from 0 to 1. The score of a text is 1 minus the product of
 * (1 - weight) over the signals found in it, so that two signals of 0.5 give 0.75 and no text scores above 1.
 * `exclusions`: phrases whose words do not count: with "labour strike", its "strike" is no strike.
 * `none`: the rule finds nothing in a sentence where one of these things stands.
 */
const ruleBodySchema = z.strictObject({
  lists: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]*$/, 'the name of a list consists of lower-case letters, digits and hyphens'),
      z.array(phrase).min(1),
    )
    .default({}),
  exclusions: z.array(find).default([]),
  none: z.array(find).default([]),
  signals: z
    .array(z.strictObject({ weight: z.number().gt(0).max(1), find }))
    .min(1, 'a rule needs at least one signal'),
})

export type Rule = z.infer<typeof ruleBodySchema>

/**
 * The `rule` field of a topic: what it looks for in texts of any language, and in `languages` what it looks for instead in
 * texts of one language.
 */
const topicRuleSchema = ruleBodySchema.extend({
  languages: z.partialRecord(z.enum(languages), ruleBodySchema).default({}),
})

type WholeRule = z.infer<typeof topicRuleSchema>

/**
 * Checks the rule of a topic.
 * @throws TopicRuleError with the path of the error
 */
export function parseRule({ slug, rule }: Pick<TopicRule, 'slug' | 'rule'>): WholeRule {
  const parsed = topicRuleSchema.safeParse(rule)
  if (!parsed.success) throw errorOf(slug, parsed.error.issues)
  const { languages: byLanguage, ...body } = parsed.data
  requireLists(slug, body)
  for (const [language, own] of Object.entries(byLanguage)) requireLists(slug, own, `languages.${language}`)
  return parsed.data
}

/** A rule is checked once for all languages: it holds the words of six. */
const checkedRules = new WeakMap<object, WholeRule>()

/** What the rule of a topic looks for in texts of a language. */
export function ruleIn(language: Language, topic: Pick<TopicRule, 'slug' | 'rule'>): Rule {
  const { languages: byLanguage, ...body } = checkedRule(topic)
  return byLanguage[language] ?? body
}

function checkedRule(topic: Pick<TopicRule, 'slug' | 'rule'>): WholeRule {
  const { rule } = topic
  const checked = (rule instanceof Object && checkedRules.get(rule)) || parseRule(topic)
  if (rule instanceof Object) checkedRules.set(rule, checked)
  return checked
}

/** @throws TopicRuleError where a body names a list that it does not have */
function requireLists(slug: string, body: Rule, at = ''): void {
  for (const [path, name] of listsUsed(body, at)) {
    if (!Object.hasOwn(body.lists, name)) throw new TopicRuleError(slug, path, `there is no list named "${name}"`)
  }
}

/** Every `@name` in a rule, with its path. */
function listsUsed(value: unknown, path: string): [path: string, name: string][] {
  if (typeof value === 'string') return value.startsWith('@') ? [[path, value.slice(1)]] : []
  if (Array.isArray(value)) return value.flatMap((each, i) => listsUsed(each, `${path}[${i}]`))
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, each]) => listsUsed(each, path ? `${path}.${key}` : key))
}

type Issue = z.core.$ZodIssue

/**
 * The first problem as an error; where several forms are possible, that of the form which the writer probably meant.
 */
function errorOf(slug: string, issues: Issue[], parentPath: PropertyKey[] = []): TopicRuleError {
  const [issue] = issues
  const path = [...parentPath, ...(issue?.path ?? [])]
  if (issue?.code === 'invalid_union') {
    const [nearest] = issue.errors.toSorted((a, b) => distanceOf(a) - distanceOf(b))
    if (nearest && distanceOf(nearest) < otherForm) return errorOf(slug, nearest, path)
    return new TopicRuleError(slug, pathText(path), 'expected a phrase, or one of {any}, {all}, {near, within}')
  }
  const problem = (issue?.message ?? 'it is not a rule').replace(/^\p{Lu}/u, (first) => first.toLowerCase())
  return new TopicRuleError(slug, pathText(path), problem)
}

/** The distance of a form of another type altogether. */
const otherForm = 100

/** How far the written text is from a form: by its type, and by keys that it lacks or does not know. */
const distanceOf = (issues: Issue[]): number => issues.reduce((sum, issue) => sum + distanceBy(issue), 0)

function distanceBy({ code, path }: Issue): number {
  if (path.length > 0) return code === 'invalid_type' && path.length === 1 ? 5 : 0
  if (code === 'unrecognized_keys') return 10
  return code === 'invalid_type' ? otherForm : 0
}

function pathText(path: PropertyKey[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('')
}

/**
 * A topic rule that cannot be used. Its message names the topic and the path of the error, such as
 * `signals[2].near[0]`.
 */
export class TopicRuleError extends UserError {
  override name = 'TopicRuleError'
  readonly path: string

  constructor(slug: string, path: string, problem: string) {
    super(`The rule of topic "${slug}" is wrong at ${path || 'the top level'}: ${problem}.`)
    this.path = path
  }
}
