import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { titleClaim } from '../../src/reading/rules/takeaways/title-claim.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'

const texts = (title: string, text: string) => read({ title, text }, []).takeaways.map((takeaway) => takeaway.text)

describe('a title claims something', () => {
  test.each([
    ['Drones set a grain silo in Dara ablaze', 'Drones set a grain silo in Dara ablaze'],
    ['LIVE: Shells damage the pumping station of Dara', 'Shells damage the pumping station of Dara'],
    ['🔴 Live: Dam above Dara bursts', 'Dam above Dara bursts'],
    ['UPDATE 3-Dam above Dara bursts after shelling', 'Dam above Dara bursts after shelling'],
    ['Photos: Night of fire in the port of Dara | The Valley Post', 'Night of fire in the port of Dara'],
    ['Two bridges fall in one night – valley live', 'Two bridges fall in one night'],
    ['Dam of Dara has failed: Why was nobody warned?', 'Dam of Dara has failed'],
    ['Dam above Dara bursts: what we know so far', 'Dam above Dara bursts'],
    ['Valley updates: Dam above Dara bursts', 'Dam above Dara bursts'],
    ['Northern hills news live: Council of Dara resigns', 'Council of Dara resigns'],
    ['‘We won’t leave’: Villages stay under the dam', '‘We won’t leave’: Villages stay under the dam'],
    ['Three killed as shells hit market', 'Three killed as shells hit market'],
  ])('%s', (title, claim) => expect(titleClaim(title, true)).toBe(claim))

  test.each(['The dam of Dara has burst', 'Villages flee as the river rises', 'Council denies that the bridge fell'])(
    'in a longer report too, when it has a verb: %s',
    (title) => expect(titleClaim(title, false)).toBe(title),
  )
})

describe('a title is only a label', () => {
  test.each([
    'Watch: the week in pictures',
    'The week around the world in 12 photos',
    'Morning news brief',
    'The daily valley briefing',
    'Is the dam of Dara safe?',
    'Why the valley floods again',
    'What to know about the flood',
    'Valley under water: Why was nobody warned?',
    'Opinion: Rebuild the dam now',
    'We must rebuild the dam of Dara',
    'The Valley Post view on flood aid',
    'Valley Situation Report No. 12',
    'Flood Response Dashboard, 3 May',
    'Displacement Snapshot',
    'Valley flood tracking, round 12',
    'Wheat prices in the valley – issue 7',
    'Live',
    'The Most Spectacular Photos of the Flood',
    'Video shows strike on the port of Dara',
    'Vera Lind: Dara between two great rivers',
    'Valley Post reports from Dara’s flood zone, hungry for bread',
    'Wed at 13 for a cow – Alina’s story',
    'On the ground in Dara after the flood',
    'The women Dara’s longest river dam forgot',
    'Dara and the hills: A growing water divide',
    'Day 37',
    'The flood of Dara: Phase II, Day 37',
    'A challenge to the council on floods and fees',
    '7 things to see in Dara',
    'Valley cup: Key talking points',
    'Tracking the ferry’s long journey',
    '',
  ])('%j', (title) => expect(titleClaim(title, true)).toBeNull())

  test('where a longer report has a title without a verb', () => {
    expect(titleClaim('Valley offensive assessment, May 1', false)).toBeNull()
    expect(titleClaim('Flood and displacement in the valley', false)).toBeNull()
  })
})

describe('a short item is one unit with its title', () => {
  test('the title is a stated takeaway with its topics, and the rest of the item a second one', () => {
    const text = 'Traders in Lorn expect higher prices. Oleshky sells more wheat than any other town.'
    const [claim, rest] = read({ title: 'Missiles hit the port of Dara', text }, builtinTopics).takeaways
    expect(claim).toMatchObject({
      ...{ kind: 'stated', text: 'Missiles hit the port of Dara' },
      evidence: [{ quote: 'Missiles hit the port of Dara', passage: 1 }],
      topics: [{ topic: 'infrastructure-strikes' }],
    })
    expect(rest).toMatchObject({ kind: 'extracted', text, topics: [] })
  })

  test('a sentence that tells the same is the evidence of the title, and is not told again', () => {
    const told = 'The dam above Dara burst at four on Monday after a night of rain.'
    const title = 'Dam above Dara bursts after rain'
    const [claim, rest] = read({ title, text: `${told} Trains to Lorn stand still.` }, []).takeaways
    expect(claim?.evidence).toMatchObject([{ quote: told }])
    expect(rest?.text).toBe('Trains to Lorn stand still.')
  })

  describe('a sentence that only goes on from the title is a part of its evidence and no claim of its own', () => {
    const title = 'Drones set a grain silo in Dara ablaze'
    const claimed = (text: string) => {
      const [claim, ...others] = read({ title, text }, []).takeaways
      expect(claim?.text).toBe(title)
      return { quotes: claim?.evidence.map(({ quote }) => quote), others: others.map((other) => other.text) }
    }

    test.each([
      'Attacks come a day after nine people were killed in a market.',
      'Two wardens are still missing after the attack which shook the old town.',
      'It was the third this week.',
      'The blast also broke windows in the old town.',
      'At least 30 people were hurt.',
      'This brings the war closer to the valley.',
      'But the mayor denied it.',
    ])('%s', (sentence) => expect(claimed(sentence)).toEqual({ quotes: [title, sentence], others: [] }))

    test('not even behind the sentence that tells the title', () => {
      const text = 'Drones set a grain silo in the port of Dara ablaze on Monday. It was the third this week.'
      expect(claimed(text)).toEqual({ quotes: [text], others: [] })
    })

    test('and what follows is one', () => {
      const next = 'Engineers of Petriv meet on Monday.'
      expect(claimed(`It was the third this week. ${next}`)).toMatchObject({ others: [next] })
    })

    test.each([
      'At least 30 families left Petriv.',
      'Ukrainian drones hit Petriv on Sunday.',
      'Lorn asks for help.',
      'Lorn’s mills stand still.',
    ])('but one that tells an event, a place or people of its own is one: %s', (sentence) =>
      expect(claimed(sentence)).toEqual({ quotes: [title], others: [sentence] }),
    )

    test.each([
      'The attack came a day after Ukrainian drones hit Petriv.',
      'The politician, whose dismissal led to protests in Lorn, spoke of it.',
      'The busy waterway is a key route for Petriv.',
      'A girl is taken to hospital.',
      'Companies have been flooded with calls.',
      'Oleshky is said to have made the offer.',
      'Lorn has yet to respond to Petriv.',
      'Lawyers in Lorn say that such inquiries lead nowhere.',
      'Also, Lorn sells its last mill.',
      'Plus, the songs that Lorn sings in May.',
      'And Lorn sells its last mill.',
    ])('and one that only the title explains is neither: %s', (sentence) =>
      expect(claimed(sentence)).toEqual({ quotes: [title], others: [] }),
    )

    test('unless it is on a topic', () => {
      const sentence = 'The politician, whose homes in Lorn were shelled, saw a drone strike the substation.'
      const [, other] = read({ title: 'Vera Lind speaks of peace', text: sentence }, builtinTopics).takeaways
      expect(other).toMatchObject({ text: sentence, topics: [{ topic: 'infrastructure-strikes' }] })
    })

    test('and it gives the title its topic', () => {
      const text = 'The drone strike destroyed a substation and cut the power of 9,000 homes.'
      const { takeaways } = read({ title: 'Several killed in Dara at night', text }, builtinTopics)
      expect(takeaways).toMatchObject([{ topics: [{ topic: 'infrastructure-strikes' }] }])
    })
  })

  describe('the lines of a warning', () => {
    const title = 'High Wind Warning issued May 3 at 6:10AM until May 4 at 6:00PM by the Dara office'
    const lines =
      '...The warning is extended...\n\n* WHAT...Gusts of 90 km are forecast.\n\n* IMPACTS...210 residents are evacuated.'

    test('belong to its title', () => {
      const [claim, ...others] = read({ title, text: lines }, builtinTopics).takeaways
      expect(others).toEqual([])
      expect(claim).toMatchObject({ text: title, topics: [{ topic: 'displacement' }] })
      const quotes = claim?.evidence.map(({ quote }) => quote)
      expect(quotes?.at(-1)).toBe('IMPACTS...210 residents are evacuated.')
    })

    test('are no claims, however many there are', () => {
      const more = ['WHERE', 'WHEN', 'ADDITIONAL DETAILS', 'OUTLOOK'].map((label) => `* ${label}...The wind blows.`)
      expect(texts(title, [lines, ...more].join('\n\n'))).toEqual([title])
    })
  })

  describe('a first sentence tells the same as the title', () => {
    test.each([
      [
        'with the same dead',
        'Six killed as blast hits Dara',
        'A gas line broke in the old town at night, and six people died.',
      ],
      [
        'as an attack between the same sides',
        'Ukraine hits space plant in Lorn',
        'Ukrainian forces said that they attacked a factory for satellites.',
      ],
      [
        'about more than a dozen dead',
        'Sixteen killed in flood at Dara',
        'More than a dozen people were killed when the river rose in the night.',
      ],
    ])('%s', (_, title, lead) => expect(texts(title, lead)).toEqual([title]))

    test('and one about what the other side did does not', () => {
      const title = 'Russia says it hit Ukrainian railway and port in new strikes'
      expect(texts(title, 'Kyiv targets oil hub and warehouse on the coast with drones.')).toHaveLength(2)
    })

    test('and one with another toll does not', () => {
      expect(
        texts('Six killed as shells fall on Dara market', 'Shells killed nine people in the old town of Dara.'),
      ).toHaveLength(2)
    })
  })

  test('the line below its title is no takeaway where sentences follow', () => {
    const text =
      'Mills and a school hit in the heaviest night of the war so far\n\nWheat from the fields of Lorn is late.'
    expect(texts('Shells fall on Dara', text)).toEqual([
      'Shells fall on Dara',
      'Wheat from the fields of Lorn is late.',
    ])
  })

  test('a title that the item repeats word for word is not told twice', () => {
    const sentence = 'The dam above Dara burst on Monday.'
    expect(texts(sentence, `${sentence} Two bridges are closed.`)).toEqual([`${sentence} Two bridges are closed.`])
  })

  test('the title of an item without text is its takeaway', () => {
    expect(texts('The dam above Dara has burst', '')).toEqual(['The dam above Dara has burst'])
  })

  test('a label is no takeaway', () => {
    expect(texts('Watch: the week in pictures', 'From a harvest to a regatta.')).toEqual([
      'From a harvest to a regatta.',
    ])
  })
})

describe('a longer report', () => {
  const body = [
    'The council of Dara met on Monday and heard the engineers of the valley.',
    'Wheat from the northern fields reached the mills with a delay of nine days.',
    'The ferries between the two banks carry no lorries before the weekend.',
    'Schools in the old town open two hours later than they did last year.',
  ]

  test('has the claim of its title beside its own sentences, unless one of them tells it', () => {
    const title = 'Engineers close the bridge of Dara'
    expect(texts(title, body.join('\n\n'))[0]).toBe(title)
    const telling = 'Engineers have closed the bridge of Dara to all traffic until further notice.'
    const takeaways = texts(title, [...body, telling].join('\n\n'))
    expect(takeaways).not.toContain(title)
    expect(takeaways).toContain(telling)
  })

  test('does not tell in its own sentences what the title tells already', () => {
    const title = 'Engineers close the old bridge of Dara in the rain'
    const lead = 'Engineers have closed the old bridge for two months.'
    const takeaways = read({ title, text: [lead, ...body].join('\n\n') }, []).takeaways
    expect(takeaways[0]).toMatchObject({ text: title, evidence: [{ quote: lead }] })
    expect(takeaways.slice(1).map(({ text }) => text)).not.toContain(lead)
  })

  test('with a list of its own has the takeaways of that list only', () => {
    const list =
      '<h2>Key takeaways</h2><ul><li>The ferries carry no lorries before Monday.</li><li>Wheat reached the mills nine days late.</li></ul>'
    const html = `${body.map((sentence) => `<p>${sentence}</p>`).join('')}${list}`
    const { takeaways } = read({ title: 'Engineers close the bridge of Dara', html }, [])
    expect(takeaways.map(({ text }) => text)).toEqual([
      'The ferries carry no lorries before Monday.',
      'Wheat reached the mills nine days late.',
    ])
  })
})

describe('of a title of several stories', () => {
  const body =
    'The council of Dara met on Monday. Wheat is late this year. The ferries stand still. A school has no roof.'
  const first = (title: string) => read({ title, text: body }, builtinTopics).takeaways[0]?.text

  test('only the one on a topic is claimed', () => {
    expect(first('Council of Dara closes the ferry; Flood displaces 900 families; Ferry fares rise')).toBe(
      'Flood displaces 900 families',
    )
  })

  test('none is claimed where none is on a topic', () => {
    expect(first('Council of Dara closes the ferry; Wheat price rises; Mayor agrees to talks')).toBe(
      'The council of Dara met on Monday.',
    )
  })

  test('two parts are one claim', () => {
    const title = 'Council of Dara closes the ferry; Mayor agrees to talks'
    expect(first(title)).toBe(title)
  })
})

test('a title that only names an event and quotes somebody on it gives way to the sentence that tells the event', () => {
  const title = 'Raid on Dara fish market: ‘An attempt to break us’'
  const told = 'A fish market in Dara was hit by a raid on Sunday.'
  expect(texts(title, told)).toEqual([told])
  expect(texts(title, 'Vera Lind speaks about the night.')).toContain(title)
})
