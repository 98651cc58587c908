import { describe, expect, test } from 'vitest'
import { compareTakeaways } from '../../src/reading/rules/edits/compare-takeaways.ts'
import { alertMoment, maxNewsEdits } from '../../src/reading/rules/edits/edit-limits.ts'
import { processorMs } from '../support/processor-time.ts'

const port = 'Drones hit the grain terminal of the port of Dara.'
const families = 'Officials said that 300 families left the eastern district.'
const pact = 'Partner states signed a security pact with a force of their own.'
const dam = 'Shelling damaged the sluice of the upper dam near Lorn.'

type Version = { title?: string; takeaways: string[]; quotes?: string[]; more?: string }
const textOf = ({ takeaways, more = '' }: Version) => [...takeaways, more].join('\n')

/** What the takeaways of an edit are, and what became of the earlier ones, whose ids are 1, 2, 3 and on. */
function edit(was: Version, now: Version, ended: string[] = []) {
  const current = was.takeaways.map((text, index) => ({
    id: index + 1,
    text,
    quote: was.quotes?.[index] ?? text,
    current: true,
  }))
  const others = ended.map((text, index) => ({ id: 101 + index, text, quote: text, current: false }))
  const { found, lost } = compareTakeaways(
    { title: was.title ?? 'Morning report', text: textOf(was), takeaways: [...others, ...current] },
    {
      title: now.title ?? 'Morning report',
      text: textOf(now),
      takeaways: now.takeaways.map((text, index) => ({ text, quote: now.quotes?.[index] ?? text })),
    },
  )
  return {
    found: found.map((each) => ('from' in each ? `${each.kind} ${each.from}` : each.kind)),
    lost: Object.fromEntries(lost),
  }
}

describe('of the takeaways of an edit', () => {
  test('a list that grew has new ones', () => {
    const { found, lost } = edit({ takeaways: [port, families] }, { takeaways: [pact, port, dam, families] })
    expect(found).toEqual(['new', 'carried 1', 'new', 'carried 2'])
    expect(lost).toEqual({})
  })

  test('a list that shrank has withdrawn ones', () => {
    expect(edit({ takeaways: [port, families, pact] }, { takeaways: [port, pact] })).toEqual({
      found: ['carried 1', 'carried 3'],
      lost: { 2: 'withdrawn' },
    })
  })

  test('another order is nothing', () => {
    expect(edit({ takeaways: [port, families] }, { takeaways: [families, port] }).found).toEqual([
      'carried 2',
      'carried 1',
    ])
  })

  test('a figure that changed belongs to the statement that had it', () => {
    const now = { takeaways: [families.replace('300', '200'), port] }
    expect(edit({ takeaways: [port, families] }, now).found).toEqual(['changed 2', 'carried 1'])
  })

  test('one whose quotation has other figures has changed, but not one whose quotation only grew', () => {
    const flight = 'Families flee Dara after floods'
    const quote = 'The flood in Dara displaced 3,400 people on Monday.'
    const told = (now: string) => edit({ takeaways: [flight], quotes: [quote] }, { takeaways: [flight], quotes: [now] })
    expect(told(quote.replace('3,400', '6,100')).found).toEqual(['changed 1'])
    expect(told(`${quote} Some 40 boats reached them.`).found).toEqual(['carried 1'])
    expect(told('Boats brought 900 tents to the town of Lorn.').found).toEqual(['carried 1'])
  })

  test('a sentence that stood in the report before is no news when it is chosen now', () => {
    const { found, lost } = edit({ takeaways: [port], more: dam }, { takeaways: [dam], more: port })
    expect(found).toEqual(['known'])
    expect(lost).toEqual({ 1: 'kept' })
  })

  test('a sentence that the report tells in other words is not withdrawn', () => {
    const retold = 'The grain terminal of the port of Dara was hit by drones.'
    expect(edit({ takeaways: [port, dam] }, { takeaways: [dam], more: retold }).lost).toEqual({ 1: 'gone' })
  })

  test('what comes back has returned, and continues what it was', () => {
    expect(edit({ takeaways: [port] }, { takeaways: [port, families] }, [families]).found).toEqual([
      'carried 1',
      'returned 101',
    ])
  })

  test('similar lines of a list stay apart', () => {
    const line = (town: string, dead: number) => `Drones hit a depot in ${town}, and ${dead} people died.`
    const was = { takeaways: [line('Dara', 3), line('Lorn', 5)] }
    const now = { takeaways: [line('Mell', 2), line('Dara', 3), line('Lorn', 6)] }
    expect(edit(was, now).found).toEqual(['new', 'carried 1', 'changed 2'])
  })

  test('a hostile number of them is compared quickly', () => {
    const many = (word: string) => Array.from({ length: 5_000 }, (_, n) => `The ${word} of ${n} houses burned in Dara.`)
    const [was, now] = [{ takeaways: many('roof') }, { takeaways: many('door') }]
    expect(processorMs(() => edit(was, now))).toBeLessThan(2_000)
  })
})

describe('a page that moves on', () => {
  const first = { title: 'Three killed in night attacks on two towns', takeaways: [port] }

  test('to other news leaves what was told as it was', () => {
    const now = { title: 'Refinery in Lorn on fire, governor says', takeaways: [dam] }
    expect(edit(first, now)).toEqual({ found: ['new'], lost: { 1: 'gone' } })
  })

  test('in its title keeps what the text still says', () => {
    const now = { title: 'Refinery in Lorn on fire, governor says', takeaways: [dam], more: port }
    expect(edit(first, now)).toEqual({ found: ['new'], lost: { 1: 'kept' } })
  })

  test('lets its oldest entries drop off', () => {
    expect(edit({ takeaways: [port, families] }, { takeaways: [dam, port] }).lost).toEqual({ 2: 'gone' })
  })

  test('has a higher toll in the same title', () => {
    const now = { title: first.title.replace('Three', 'Four'), takeaways: [first.title.replace('Three', 'Four')] }
    expect(edit({ title: first.title, takeaways: [first.title] }, now)).toEqual({ found: ['changed 1'], lost: {} })
  })

  test('is not what a correction does, also with another title', () => {
    const now = { title: 'Correction', takeaways: ['An earlier version of this report was wrong about Dara.'] }
    expect(edit(first, now).lost).toEqual({ 1: 'withdrawn' })
  })

  test('may bring a sentence that is no takeaway, and withdraws nothing then', () => {
    const was = { takeaways: [port, families] }
    const grew = edit(was, {
      takeaways: [port],
      more: 'By evening the port had counted ninety drones over its harbour.',
    })
    expect(grew.lost).toEqual({ 2: 'gone' })
    expect(edit({ ...was, more: dam }, { takeaways: [port], more: dam }).lost).toEqual({ 2: 'withdrawn' })
  })

  test('rewrites its text without withdrawing what it no longer says', () => {
    const was = { takeaways: [port, families] }
    expect(edit(was, { takeaways: [dam] }).lost).toEqual({ 1: 'gone', 2: 'gone' })
    expect(edit(was, { takeaways: [families, dam] }).lost).toEqual({ 1: 'gone' })
  })

  test('or is given in short withdraws nothing', () => {
    const long = { takeaways: [port, families], more: 'Weather was fair in most districts. '.repeat(60) }
    expect(edit(long, { takeaways: [port] }).lost).toEqual({ 2: 'gone' })
  })
})

test('an edit interrupts at once, unless the item had too many edits with news within a day', () => {
  const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  const minutesAgo = (minutes: number) => now.subtract({ minutes })
  const earlier = Array.from({ length: maxNewsEdits }, (_, n) => minutesAgo(10 + n))
  expect(alertMoment(now, earlier.slice(1))).toEqual(now)
  expect(alertMoment(now, earlier)).toEqual(earlier.at(-1)!.add({ hours: 24 }))
})
