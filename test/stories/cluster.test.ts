import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cluster } from '../../src/stories/rules/cluster.ts'
import { clusterLines } from '../../src/stories/rules/cluster-lines.ts'
import { recordsIn } from '../../src/stories/rules/records.ts'
import { hour, statement } from '../support/statements.ts'

/** A day of a valley: a fire told by three, a flood told by two, a raid told twice, and a fair. */
const morning = Date.parse('2023-05-17T06:00:00Z')
const dayOfClaims = [
  'Fire destroys the flour mill of Dara and kills four weavers',
  'Four weavers died when the flour mill of Dara burned down',
  'Flour mill in Dara burns, weavers among the dead',
  'River Lomna floods vineyards, growers fear for the harvest',
  'Vineyards under water as the Lomna bursts its banks',
  'Vardanian drones hit a railway depot in Sorn',
  'Railway depot in Sorn burns after drones of Vardania strike',
  'Potters open their summer fair on the old market square',
].map((text, at) => statement(text, { id: `claim ${at}`, published: morning + at * hour }))

describe('claims of one event are one story', () => {
  const { stories, links } = cluster(dayOfClaims)

  test('and other events are others', () => {
    expect(stories).toEqual([
      ['claim 0', 'claim 1', 'claim 2'],
      ['claim 3', 'claim 4'],
      ['claim 5', 'claim 6'],
      ['claim 7'],
    ])
  })

  test('with a link that says why', () => {
    const found = links.find(({ a, b }) => a === 'claim 5' && b === 'claim 6')
    expect(found?.why).toMatchObject({ places: ['sorn'], brakes: [] })
    expect(found?.why.terms).toEqual(expect.arrayContaining(['sorn', 'depot']))
  })

  test('in whatever order they arrive', () => {
    const sorted = (found: typeof links) => found.map((one) => JSON.stringify(one)).sort()
    fc.assert(
      fc.property(fc.shuffledSubarray(dayOfClaims, { minLength: dayOfClaims.length }), (shuffled) => {
        const again = cluster(shuffled)
        expect(again.stories).toEqual(stories)
        expect(sorted(again.links)).toEqual(sorted(links))
      }),
    )
  })

  test('and the largest attack of all is one, in whatever words', () => {
    const wire = statement('Vardania fires about 100 rockets in its biggest attack yet on the grid', {
      published: morning,
    })
    const institute = statement(
      'Vardanian forces conducted the largest set of strikes on the harvest since the start of the war, using most of what they had.',
      { published: morning + 12 * hour },
    )
    const another = statement(
      'Vardanian forces conducted one of the largest sets of strikes of the war on the harvest.',
      {
        published: morning + 12 * hour,
      },
    )
    expect(cluster([...dayOfClaims, wire, institute]).stories).toContainEqual([wire.id, institute.id])
    expect(recordsIn(another.text)).toEqual([])
  })

  test('but not where a neighbour of one report tells another attack', () => {
    const report = { report: 'a daily report' }
    const inDara = statement('Vardanian drones hit the port of Dara on Monday.', { ...report, passage: 4 })
    const inSorn = statement('Vardanian drones hit the port of Sorn on Wednesday.', { ...report, passage: 5 })
    expect(cluster([inDara, inSorn]).stories).toHaveLength(2)
  })
})

describe('lines', () => {
  const lines = dayOfClaims.map(({ text, published }, at) =>
    JSON.stringify({ id: at, text, published: new Date(published).toISOString() }),
  )

  test('get the id of the first line of their story', async () => {
    expect(await clusterLines(lines, false)).toEqual([0, 0, 0, 3, 3, 5, 5, 7].map((story, id) => ({ id, story })))
  })

  test('say why where it is asked for', async () => {
    const [first] = (await clusterLines(lines, true)) as [
      { why: { with: number; likeness: number; terms: string[] }[] },
    ]
    expect(first.why.map((one) => one.with)).toEqual(expect.arrayContaining([1, 2]))
    expect(first.why[0]?.terms.length).toBeGreaterThan(0)
  })

  test('that cannot be read give an error, and the others a story', async () => {
    const bad = ['{', '{"id": 4}', '{"id": 5, "text": "a", "published": "soon"}']
    expect(await clusterLines([...bad, ...lines], false)).toMatchObject([
      { id: null, error: expect.stringContaining('not JSON') },
      { id: 4, error: expect.stringContaining('text') },
      { id: 5, error: 'published: not an ISO 8601 moment' },
      ...[0, 0, 0, 3, 3, 5, 5, 7].map((story, id) => ({ id, story })),
    ])
  })

  test('with one id twice are two texts', async () => {
    expect(await clusterLines([lines[0]!, lines[0]!], false)).toEqual([
      { id: 0, story: 0 },
      { id: 0, story: 0 },
    ])
  })

  test('without a date, or none at all', async () => {
    expect(await clusterLines([], false)).toEqual([])
    const undated = dayOfClaims.map(({ text }, id) => JSON.stringify({ id, text }))
    expect(await clusterLines(undated, false)).toEqual([0, 0, 0, 3, 3, 5, 5, 7].map((story, id) => ({ id, story })))
  })
})

test('a text of any shape is compared in bounded time', () => {
  const many = (text: string) =>
    statement(text.repeat(20_000), { context: text.repeat(20_000), title: text.repeat(20_000) })
  const texts = ['a ', 'In Dara ', 'on 15 May ', '7 ', 'Vardanian drones ', '.', 'у місті ', 'on the night of ']
  expect(cluster(texts.map(many)).stories.flat()).toHaveLength(texts.length)
})
