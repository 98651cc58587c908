import { expect, test } from 'vitest'
import { alertView } from '../../src/editions/mail/alert-view.ts'
import { planStories } from '../../src/editions/rules/briefing/plan-briefing.ts'
import { claimsOf, renderAlert } from './mails.ts'
import { closedAt, matchedTakeaway, sender, topics } from './matched-takeaways.ts'
import { wordsOfHtml, wordsOfText } from './read-mail.ts'

const { strikes, guarantees } = topics

test('an alert is the story: its headline is the subject, its times are those of its readers, and its topics are those of the filter', () => {
  const claims = claimsOf([matchedTakeaway({ text: 'The bridge of Dara is closed.', on: [guarantees, strikes] })])
  const stories = planStories(claims, [])
  const view = alertView({
    topics: [strikes, guarantees],
    stories,
    corrections: [],
    closedAt,
    zone: 'Europe/Kyiv',
    ...sender,
  })
  expect(view.subject).toBe('The bridge of Dara is closed')
  expect(view.deck).toBe('Sent Mon 23 Nov, 07:00 (Kyiv).')
  expect(view.stories[0]!.labels).toEqual(['Infrastructure strikes', 'Security guarantees', 'New'])
  expect(view.stories[0]!.sources[0]!.when).toBe('Sun 22 Nov, 23:30')
  expect(view.why).toBe(
    'You get this mail because you subscribed to alerts on Infrastructure strikes and Security guarantees.',
  )
})

test('what a party of a war says in its own words stands behind its name, or in quotation marks where there is no room', () => {
  const viewOf = (text: string) => {
    const stories = planStories(claimsOf([matchedTakeaway({ text, on: [strikes] })]), [])
    return alertView({ topics: [strikes], stories, corrections: [], closedAt, zone: 'UTC', ...sender })
  }
  const short = viewOf('The enemy shelled the mill of Dara.')
  expect(short.subject).toBe('Meridian Daily Assessment: The enemy shelled the mill of Dara')
  expect(short.stories[0]!.headline).toBe(short.subject)
  const long = viewOf('The occupiers destroyed all of the mills and bridges in the upper part of Dara.')
  expect(long.subject).toMatch(/^“The occupiers destroyed .*”$/)
})

test('a story that its readers know is an update in the subject', () => {
  const [now] = claimsOf([matchedTakeaway({ text: 'The strike on Dara killed five people.', id: 1 })])
  const [was] = claimsOf([matchedTakeaway({ text: 'The strike on Dara killed three people.', id: 1 })])
  const told = {
    edition: 1,
    title: '',
    story: 1,
    thread: 1,
    text: was!.text,
    facts: was!.facts,
    at: closedAt.subtract({ hours: 2 }),
    isAlert: true,
  }
  const view = alertView({
    zone: 'UTC',
    topics: [strikes],
    stories: planStories([now!], [told]),
    corrections: [],
    closedAt,
    ...sender,
  })
  expect([view.subject, view.kicker]).toEqual(['Update: The strike on Dara killed five people', 'Update'])
})

test('an alert of what came together in a night tells five stories in full, the next in a line, and counts the rest', async () => {
  const night = Array.from({ length: 120 }, (_, n) =>
    matchedTakeaway({ text: `The bridge of ${nameOf(n)} is closed.`, item: { id: 500 + n } }),
  )
  const { html, text } = await renderAlert(night)
  const words = [wordsOfHtml(html), wordsOfText(text)]
  const [told, toldInText] = words.map((part) => new Set(part.match(/The bridge of \w+ is closed/g)).size)
  const [counted, countedInText] = words.map((part) => Number(/(\d+) more stories: see/.exec(part)?.[1]))
  expect([toldInText, countedInText]).toEqual([told, counted])
  expect(told! + counted!).toBe(120)
  expect(told).toBeGreaterThan(20)
  expect(html.match(/<blockquote/g)).toHaveLength(5)
  expect(text).toContain('https://sitrep.example.org/editions')
})

/** A made-up place: Barsk, Cersk and on. */
const nameOf = (n: number): string =>
  `${'BCDFGKLM'[n % 8]}${'aeiou'[(n >> 3) % 5]}${'rnl'[n % 3]}${'tkp'[Math.floor(n / 40)]}a`
