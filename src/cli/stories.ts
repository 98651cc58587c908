import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { publisherName } from '../editions/mail/publisher-name.ts'
import { publicStories, topicsOfStory } from '../editions/public-stories.ts'
import { knownStory, type MailedStory, type StoryRecord } from '../editions/story-record.ts'
import { plural } from '../platform/text/plural.ts'
import { shorten } from '../platform/text/shorten.ts'
import { requireKnownTopics } from '../reading/store/topics.ts'
import { figureHistories } from '../stories/rules/facts/figure-history.ts'
import type { Join } from '../stories/rules/joined-by.ts'
import { listStories } from '../stories/store/story-list.ts'
import { limitOption, parseArgument } from './arguments.ts'
import { printRows } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type ListOptions = { topic?: string; days: string; limit: string; json?: boolean }

const daysProblem = 'Give a whole number of days from 1 to 366.'
const daysSchema = z.coerce.number(daysProblem).int(daysProblem).min(1, daysProblem).max(366, daysProblem)
const idProblem = 'Give the number of a story; see `sitrep stories list`.'
const idSchema = z.coerce.number(idProblem).int(idProblem).positive(idProblem).max(Number.MAX_SAFE_INTEGER, idProblem)

/** `sitrep stories list|show`. */
export function storiesCommand(withApp: WithApp): Command {
  const stories = new Command('stories').description('list stories, and show one with its claims, figures and mails')
  stories
    .command('list')
    .description('list stories, newest first')
    .option('--topic <slug>', 'only stories on one topic')
    .option('--days <n>', 'of the last n days', '7')
    .option('--limit <n>', 'at most n stories', '50')
    .option('--json', 'print one JSON array')
    .action((options: ListOptions) => onDatabase(withApp, (app) => list(app, options)))
  stories
    .command('show')
    .description('show one story: its claims by time, why they were joined, its figures and its mails')
    .argument('<id>', 'the number of a story')
    .option('--json', 'print one JSON object')
    .action((id: string, { json }: { json?: boolean }) => onDatabase(withApp, (app) => show(app, id, json)))
  return stories
}

async function list(app: App, { topic, json, ...options }: ListOptions): Promise<void> {
  const days = parseArgument(daysSchema, options.days, '--days')
  const limit = limitOption(options.limit, 500)
  if (topic !== undefined) await requireKnownTopics(app.db, [{ topics: [topic] }])
  const to = app.now().add({ seconds: 1 })
  const found = await listStories(
    app.db,
    { from: to.subtract({ hours: 24 * days }), to, topics: topic === undefined ? undefined : new Map([[topic, 0]]) },
    { order: 'newest', limit },
  )
  const told = new Map(
    (
      await publicStories(
        app.db,
        found.map(({ id }) => id),
      )
    ).map((story) => [story.id, story]),
  )
  const rows = found.flatMap(({ id, last, feeds, claims }) => {
    const story = told.get(id)
    return story ? [{ id, headline: story.headline, topics: topicsOfStory(story), feeds, claims, last }] : []
  })
  printRows(rows, { json, empty: 'There are no such stories.' })
}

async function show(app: App, sent: string, json?: boolean): Promise<void> {
  const story = await knownStory(app.db, parseArgument(idSchema, sent, 'ID'))
  console.log(json ? JSON.stringify(asJson(story, app.config.publicUrl)) : asText(story, app.config.publicUrl))
}

function asJson({ story, claims, joins, mails, ...record }: MailedStory, publicUrl: string): object {
  const { id, headline, publishers, isDisputed } = story
  return {
    id,
    url: `${publicUrl}/stories/${id}`,
    headline,
    topics: topicsOfStory(story),
    publishers,
    isDisputed,
    ...record,
    claims: claims.map((claim) => ({
      id: claim.wording,
      at: claim.at,
      publisher: publisherName(claim.feed.title, claim.item.url),
      text: claim.text,
      attribution: claim.attribution,
      isCurrent: claim.isCurrent,
      item: { id: claim.item.id, title: claim.item.title, url: claim.item.url },
      quotes: claim.evidence.map(({ quote, passage }) => ({ quote, passage })),
      figures: claim.facts.map(({ role, value, low, high, bound, unit, speaker }) => ({
        role,
        value,
        low,
        high,
        bound,
        unit,
        speaker,
      })),
    })),
    figures: historiesOf(claims).map(({ role, values }) => ({
      role,
      values: values.map(({ fact, sources, change }) => ({
        value: fact.value,
        speaker: fact.speaker,
        change,
        claims: sources.map(({ wording }) => wording),
      })),
    })),
    joins: joins.map(({ facts, ...join }) => ({ ...join, facts: facts.map(({ role, value }) => ({ role, value })) })),
    mails,
  }
}

function asText({ story, claims, joins, mails, olderClaims }: MailedStory, publicUrl: string): string {
  const numbers = new Map(claims.map(({ wording }, i) => [wording, i + 1]))
  const joinOf = new Map(joins.map((join) => [join.claim, join]))
  const counts = `${plural(claims.length, 'claim')} of ${plural(story.publishers, 'publisher')}`
  const figures = historiesOf(claims).map(
    ({ role, values }) => `  ${role}: ${values.map(({ fact }) => shorten(fact.value, 40)).join(' -> ')}`,
  )
  return [
    shorten(story.headline, 200),
    `${counts}, topics ${topicsOfStory(story).join(', ')}, ${publicUrl}/stories/${story.id}`,
    ...(olderClaims > 0 ? [`${plural(olderClaims, 'older claim')} not shown`] : []),
    ...claims.flatMap((claim, i) => [
      '',
      `${i + 1}. ${instant(claim.at)}  ${publisherName(claim.feed.title, claim.item.url)}${claim.isCurrent ? '' : ' (no longer in the report)'}`,
      `   ${shorten(claim.text, 400)}`,
      ...joinLines(joinOf.get(claim.wording), numbers),
    ]),
    ...(figures.length > 0 ? ['', 'Figures', ...figures] : []),
    ...(mails.length > 0 ? ['', 'Mails'] : []),
    ...mails.map(
      ({ at, kind, subject, slug }) => `  ${instant(at)}  ${kind}  ${subject}  ${publicUrl}/editions/${slug}`,
    ),
  ].join('\n')
}

/** `   joined to 1, likeness 0.31: terms kiv, plant; places dara; numbers 8000; facts without power 8,000 homes`. */
function joinLines(join: Join | undefined, numbers: Map<number, number>): string[] {
  if (!join) return []
  const parts = [
    ['terms', join.terms],
    ['places', join.places],
    ['numbers', join.figures],
    ['facts', join.facts.map(({ role, value }) => `${role} ${shorten(value, 40)}`)],
    ['but', join.brakes],
  ] as const
  const said = parts.flatMap(([name, words]) => (words.length > 0 ? [`${name} ${words.join(', ')}`] : []))
  return [`   joined to ${numbers.get(join.to)}, likeness ${join.likeness.toFixed(2)}: ${said.join('; ')}`]
}

const historiesOf = (claims: StoryRecord['claims']) =>
  figureHistories(claims.map((claim) => ({ facts: claim.facts, source: claim })))

const instant = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second' })
