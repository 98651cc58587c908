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
  expect(view.stories[0]!.sources[0]!.when).toBe('23:30')
  expect(view.why).toBe(
    'You get this mail because you subscribed to alerts on Infrastructure strikes and Security guarantees.',
  )
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

test('an alert of what came together in a night tells the first stories in full, the next in a line, and counts the rest', async () => {
  const places = Array.from({ length: 40 }, (_, n) => `${'BCDFGKLM'[n % 8]}${'aeiou'[n % 5]}${'rnlst'[n >> 3]}sk`)
  const night = places.map((place) => matchedTakeaway({ text: `The bridge of ${place} is closed.` }))
  const { html, text } = await renderAlert(night)
  for (const words of [wordsOfHtml(html), wordsOfText(text)]) {
    expect(words.match(/The bridge of \w+ is closed/g)!.length).toBeGreaterThanOrEqual(20)
    expect(words).toContain('20 more stories: see')
  }
  expect(html.match(/<blockquote/g)).toHaveLength(5)
  expect(wordsOfText(text)).toContain('https://sitrep.example.org/editions')
})
