import { describe, expect, test } from 'vitest'
import { wordsOfText } from './read-mail.ts'
import { busyWeek, renderWeekly, weekBefore, weekClaim, weeklyOf } from './week-claims.ts'

describe('a weekly mail', () => {
  test('tells its heaviest thread first, by days, and the subject tells it', () => {
    const { subject, threads } = weeklyOf(busyWeek, weekBefore)
    const [lead] = threads
    expect([lead!.n, lead!.headline.text, lead!.headline.day]).toEqual([
      1,
      'Missiles hit the power grid of Dara and killed three people',
      'Tue 17',
    ])
    expect(subject).toBe('Missiles hit the power grid of Dara and killed three people')
    expect(lead!.days.map(({ day, text, by }) => [day, text, by])).toEqual([
      ['Tue 17', 'Half of Dara has no light after the missiles', null],
      ['Thu 19', 'A second wave of missiles hit the power grid of Dara and killed nine people', null],
      ['Sat 21', 'Engineers brought light back to four districts of Dara', 'citing the operator'],
    ])
  })

  test('counts the days, the publishers and the stories of a thread, beside the week before', () => {
    expect(weeklyOf(busyWeek, weekBefore).threads[0]!.labels).toEqual([
      'Infrastructure strikes',
      '3 days of 7',
      '2 publishers',
      '3 stories, 1 last week',
    ])
    expect(weeklyOf(busyWeek).threads[0]!.labels).toContain('3 stories')
    expect(weeklyOf(busyWeek, [{ ...weekBefore[0]!, thread: 77 }]).threads[0]!.labels).toContain(
      '3 stories, none last week',
    )
  })

  test('says when a thread ended, and whether anything was told since', () => {
    const told = (day: number) => [
      weekClaim({ story: 1, at: '2026-11-16T09:00Z', text: 'Troops of both states hold drills near Lorn.' }),
      weekClaim({ story: 1, at: `2026-11-${day}T09:00Z`, text: 'The drills near Lorn end early.' }),
    ]
    expect(weeklyOf(told(18)).threads[0]!.labels).toContain('Over Wed 18, no news since')
    expect(weeklyOf(told(22)).threads[0]!.labels).toContain('Over Sun 22')
  })

  test('gives the largest figures with those of the week before, and what is still open', () => {
    const { figures, open } = weeklyOf(busyWeek, weekBefore)
    expect(figures.map(({ n, role, now, before }) => [n, role, now.text, now.day, before?.text, before?.day])).toEqual([
      [1, 'killed', 'nine', 'Thu 19', 'two', 'Thu 12'],
    ])
    expect(open.map(({ text }) => text)).toEqual(['Ministers will meet in Orla next week to sign the pact with Lorn.'])
  })

  test('tells in a line what one or two publishers told on one day', () => {
    expect(weeklyOf(busyWeek).also.map(({ day, text }) => [day, text])).toEqual([
      ['Wed 18', 'Partner states offered Lorn a pact with binding guarantees'],
    ])
  })

  test('names each source with one link, which has one number in the text part', () => {
    const { threads, figures, links } = weeklyOf(busyWeek, weekBefore)
    const [lead] = threads
    expect(lead!.headline.source).toMatchObject({ name: 'River Desk', mark: '[1]' })
    expect([lead!.pageMark, figures[0]!.now.source.mark]).toEqual(['[2]', lead!.days[1]!.source.mark])
    expect(new Set(links.map(({ url }) => url)).size).toBe(links.length)
  })

  test('opens our page of a report where its feed gave no safe address', () => {
    const claim = weekClaim({
      story: 1,
      at: '2026-11-17T10:00Z',
      text: 'Missiles hit Dara.',
      url: 'javascript:alert(1)',
    })
    expect(weeklyOf([claim]).threads[0]!.headline.source.link).toBe(`https://sitrep.example.org/items/${claim.item.id}`)
  })

  test('has at most 500 words, however much there was, and counts what it leaves out', async () => {
    const places = ['Dara', 'Lorn', 'Orla', 'Vell', 'Marn', 'Tiss', 'Ubra', 'Kest', 'Polm', 'Senn']
    const things = [
      'bakeries',
      'ferries',
      'hospitals',
      'granaries',
      'railways',
      'bridges',
      'schools',
      'cranes',
      'dams',
      'silos',
    ]
    const claims = places.flatMap((place, n) =>
      [16, 17, 18, 19, 20, 21].flatMap((day) =>
        ['River Desk', 'Meridian Wire', 'Harbour Post'].map((publisher) =>
          weekClaim({
            ...{ story: n + 1, publisher, at: `2026-11-${day}T09:00Z` },
            text: `On the ${day}th the ${publisher.toLowerCase()} of ${place} counted ${day * n + 3} burned ${things[n]} and said that the fires in the eastern quarters went on until the rain came.`,
          }),
        ),
      ),
    )
    const view = weeklyOf(claims, weekBefore)
    const { text } = await renderWeekly(claims, weekBefore)
    const words = wordsOfText(text.replace(/https?:\S+|@@\w+@@/g, ' ')).match(/[\p{L}\p{N}]+/gu)!.length
    expect(words).toBeLessThanOrEqual(500)
    expect(words).toBeGreaterThan(300)
    expect(view.threads.length + view.also.length + view.more).toBe(10)
  })
})
