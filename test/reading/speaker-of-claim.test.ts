import { expect, test } from 'vitest'
import { read, readRanked } from '../../src/reading/rules/read.ts'
import { speakerOfClaim } from '../../src/reading/rules/takeaways/attribution.ts'

test.each([
  'The minister Olena Koval claimed that the road is open, though the army has shelled it all week.',
  'The minister Olena Koval confirmed that the dam leaks, but strangely denied that it is old.',
  'The minister Olena Koval announced a court in Dara in a likely effort to please the miners.',
  'The minister Olena Koval announced a new court, likely as part of an effort to please the miners.',
  'The family of Koval said he has a ticket. The Ministry of Railways said the train is full.',
  'The council said that the dam held as the river took a bridge in Lorn, according to the police.',
  'The minister Olena Koval said that nobody was hurt, while drones hit a mill, according to local millers.',
])('nobody speaks for the whole of: %s', (claim) => expect(speakerOfClaim(claim)).toBeNull())

test.each([
  [
    'The minister Olena Koval said that the road is open, though she would not drive on it.',
    'the minister Olena Koval',
  ],
  ['Olena Koval said the road is open. Koval added that the bridge is closed.', 'Olena Koval'],
  ['“We will close the dam,” the Post’s Vera Lind reported that Koval told her on Sunday.', 'Koval'],
  ['The Lornian news portal Children of Dara reported that 40 homes are lost.', 'Lornian news portal Children of Dara'],
  ['A blogger amplified a claim from a Lornian officer stating that the mill was shelled.', 'Lornian officer'],
  ['The council said that the dam held as the river rose, according to the council.', 'the council'],
  ['Olena Koval said that the dam and the bridge held, according to the Post.', 'Olena Koval'],
  ['Republican senator Thomas Lind deplored the decision to close the dam.', 'Republican senator Thomas Lind'],
])('the speaker of “%s” is %s', (claim, speaker) => expect(speakerOfClaim(claim)).toBe(speaker))

test.each([
  ['a post', 'Koval wrote on X: Dara has been a good ally for years.'],
  [
    'a statement',
    'The mayor Olena Koval rejected the plan, stating that Dara stays whole. Lornia does not accept the paper.',
  ],
])('the words of %s are told with its speaker, or not at all', (_, speech) => {
  const more = speech.includes('stating') ? 'And when I say whole, all of the valley is meant.' : ''
  const own = 'The removal of the guards frees thousands of thieves for the raids on Dara and on its innocent millers.'
  const plain = [
    'The council of Dara met on Monday and heard the engineers of the valley.',
    'Ferries carry no lorries before the weekend in Lorn.',
  ]
  const text = [...plain, `${speech} ${own} ${more}`].join('\n\n')
  for (const reading of [read({ text }, []), readRanked({ text }, [])])
    expect(reading.takeaways.map((takeaway) => takeaway.text)).not.toContain(own)
})

const expects = 'expects two million people to leave their homes in Lorn this winter.'

test.each([
  ['The health agency', 'Farmers of Lorn met on Monday.'],
  ['The ministry', 'Farmers of Lorn met on Monday.'],
  ['The mayor', 'The mayor met farmers of Lorn on Monday.'],
  ['The company', 'Farmers of Lorn met on Monday.'],
])('%s that nothing in a report names is no speaker', (speaker, before) => {
  const [claim] = read({ text: `${speaker} ${expects} ${before}` }, []).takeaways
  expect(claim?.text).toContain(expects)
  expect(claim?.attribution).toBeNull()
})

test.each([
  ['the health agency', 'The farmers asked the Valley Health Agency for help.'],
  ['the health agency', 'The farmers asked the WHO for help.'],
  ['the ministry', 'The farmers asked the Ministry of Mills for help.'],
  ['the mayor', 'The farmers asked Vera Lind, the new mayor, for help.'],
  ['the mayor', 'The farmers asked Lorn’s mayor for help.'],
  ['the company', 'The farmers asked the company Lornmill for help.'],
])('%s is a speaker where the report says which: %s', (speaker, before) => {
  const spoken = `${speaker[0]?.toUpperCase()}${speaker.slice(1)} ${expects}`
  expect(read({ text: `${spoken} ${before}` }, []).takeaways[0]?.attribution).toBe(speaker)
})
