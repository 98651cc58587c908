import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alertView, fitAlertOf } from '../../src/editions/mail/alert-view.ts'
import type { Correction } from '../../src/editions/mail/corrections.ts'
import { digestView, fitDigest } from '../../src/editions/mail/digest-view.ts'
import { type ToldStory, toldInAlert, toldInWeek, toldStories } from '../../src/editions/mail/told-stories.ts'
import { forWeb } from '../../src/editions/mail/web-copy.ts'
import { fitWeekly } from '../../src/editions/mail/weekly-view.ts'
import { planStories } from '../../src/editions/rules/briefing/plan-briefing.ts'
import { claimsOf, renderer } from './mails.ts'
import { allTopics, closedAt, matchedTakeaway, sender, topics } from './matched-takeaways.ts'
import { wordsOfHtml, wordsOfText } from './read-mail.ts'
import { week, weekClaim, weeklyOf } from './week-claims.ts'

const numberBefore = (text: string, words: string): number => Number(new RegExp(`(\\d+) ${words}`).exec(text)?.[1] ?? 0)
const storyWord = '(?:story|stories)'
const countOf = (told: ToldStory[], how: ToldStory['told']) => told.filter((each) => each.told === how).length

/** Takeaways, each with the number of its report and of its story; sizes reach beyond what a mail can hold. */
const takeaways = fc
  .record({
    stories: fc.integer({ min: 1, max: 140 }),
    reports: fc.integer({ min: 1, max: 70 }),
    perStory: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ stories, reports, perStory }) =>
    Array.from({ length: stories * perStory }, (_, n) => ({
      ...matchedTakeaway({
        text: `Missiles hit the plant of town ${n % stories} and left ${n + 2},000 homes in the dark until the next morning.`,
        on: [Object.values(topics)[n % 3]!],
        item: { id: 7_000 + (n % reports), url: `https://wire.example/${n % reports}` },
      }),
      story: 1 + (n % stories),
    })),
  )

const day = { kind: 'daily', zone: 'Europe/Kyiv', closedAt, civilDate: '2026-11-23', read: null } as const
const correction = (n: number): Correction => {
  const was = matchedTakeaway({ text: `The flood took ${n + 40} houses.`, item: { id: 9_000 + n } })
  return {
    kind: 'corrected',
    was,
    now: was,
    textWas: was.text,
    text: `The flood took ${n + 4} houses.`,
    tells: [],
  } as const
}
const corrections = fc
  .integer({ min: 0, max: 3 })
  .map((count) => Array.from({ length: count }, (_, n) => correction(n)))

/** The mail as a reader sees it in each of its forms: HTML, text, and the copy on the web. */
async function formsOf(template: 'digest' | 'alert' | 'weekly', view: object): Promise<string[]> {
  const { html, text } = await renderer.mail(template, view)
  return [wordsOfHtml(html), wordsOfText(text), wordsOfHtml(forWeb(html, sender.publicUrl))]
}

test('every number of a digest is true in each form of it, and of its record', async () => {
  await fc.assert(
    fc.asyncProperty(takeaways, corrections, fc.constantFrom(2, 5, null), async (found, changes, minutes) => {
      const stories = planStories(claimsOf(found), [])
      const facts = {
        ...day,
        ...sender,
        topics: allTopics,
        stories,
        corrections: changes,
        minutes,
        schedule: { cadence: 'daily', localTime: '07:00' } as const,
      }
      const fitted = fitDigest(facts)
      const view = digestView(facts, fitted)
      const record = toldStories(fitted)
      const shown = view.stories.length + view.others.length + view.continuing.length
      for (const form of await formsOf('digest', view)) {
        expect(numberBefore(form, `${storyWord} from`)).toBe(stories.length)
        expect(numberBefore(form, 'reports?,')).toBe(new Set(found.map(({ item }) => item.id)).size)
        expect(numberBefore(form, `more ${storyWord}`)).toBe(stories.length - shown)
        expect(numberBefore(form, 'changes? to what')).toBe(changes.length)
      }
      expect(record).toHaveLength(stories.length)
      expect([countOf(record, 'full'), countOf(record, 'counted')]).toEqual([view.stories.length, view.more])
      expect(record.flatMap((each) => each.takeaways).toSorted()).toEqual(found.map(({ id }) => id).toSorted())
    }),
    { numRuns: 12 },
  )
})

test('every number of an alert is true in each form of it, in its subject, and of its record', async () => {
  await fc.assert(
    fc.asyncProperty(takeaways, corrections, async (found, changes) => {
      const stories = planStories(claimsOf(found), [])
      const facts = { ...sender, topics: allTopics, stories, corrections: changes, closedAt, zone: 'UTC' }
      const fitted = fitAlertOf(facts)
      const view = alertView(facts, fitted)
      const record = toldInAlert(fitted)
      for (const form of await formsOf('alert', view)) {
        if (stories.length > 1) expect(numberBefore(form, storyWord)).toBe(stories.length)
        expect(numberBefore(form, `more ${storyWord}`)).toBe(stories.length - view.stories.length - view.others.length)
        expect(numberBefore(form, 'changes? to what')).toBe(changes.length)
      }
      if (changes.length > 0)
        expect(1 + Number(/\+(\d+) more/.exec(view.subject)?.[1] ?? 0)).toBe(changes.length + stories.length)
      else expect(view.subject).not.toMatch(/\bmore\)/)
      expect([record.length, countOf(record, 'counted')]).toEqual([stories.length, view.more])
    }),
    { numRuns: 12 },
  )
})

test('every number of a weekly digest is true in each form of it, and of its record', async () => {
  const claim = fc.record({
    story: fc.integer({ min: 1, max: 90 }),
    thread: fc.integer({ min: 1, max: 70 }),
    date: fc.integer({ min: 16, max: 22 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(claim, { minLength: 1, maxLength: 150 }), async (given) => {
      const claims = given.map(({ story, thread, date }, n) =>
        weekClaim({
          story: thread * 100 + story,
          thread,
          at: `2026-11-${date}T08:00Z`,
          text: `Missiles hit the grid of town ${thread} near ${n} and killed ${n + 2} people.`,
        }),
      )
      const view = weeklyOf(claims)
      const record = toldInWeek(
        fitWeekly({
          ...sender,
          zone: week.zone,
          closedAt,
          civilDate: week.due,
          read: null,
          corrections: [],
          topics: allTopics,
          claims,
          before: [],
          schedule: { cadence: 'weekly', localTime: '07:00' },
        }),
      )
      const stories = new Set(claims.map(({ story }) => story)).size
      for (const form of await formsOf('weekly', view)) {
        expect(numberBefore(form, `${storyWord} from`)).toBe(stories)
        expect(numberBefore(form, `more ${storyWord}`)).toBe(view.more)
      }
      expect([record.length, countOf(record, 'counted'), countOf(record, 'line')]).toEqual([
        stories,
        view.more,
        view.also.length,
      ])
    }),
    { numRuns: 12 },
  )
})
