import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'

const texts = (text: string) => read({ text }, []).takeaways.map((takeaway) => takeaway.text)
const news = 'The council of Dara closed both bridges on Monday.'

describe('the caption of a picture and its credit are no claims', () => {
  test.each([
    'Children carry water to a house at the river on August 16, 2026. —Anna Koval—Getty Images ',
    'The old bridge of Dara on June 17, 2025. —Petro Lys—Bloomberg/Getty Images ',
    'The old bridge of Dara. Photo by Anna Koval / AFP via Getty Images. ',
    'Two men on the old bridge, August 12, 2026 —Anna Koval—Sipa USA/Reuters ',
    'The Koval Building in Dara last year. ',
    'The mayor of Dara listens to music in a school near Petriv on Feb. 25, 2026. ',
  ])('%s', (caption) => expect(texts(caption + news)).toEqual([news]))

  test.each([
    'AP Children walk past a silo after a Russian drone attack in the valley of Dara. ',
    'Reuters Smoke billows from a silo of Dara, after a Ukrainian drone attack on June 17, 2025. ',
    'Smoke rises after a Russian drone attack on Dara, with the old bridge seen in the foreground. ',
    'Anna Koval / Bloomberg / Getty This photo from June 15, 2020, shows the old bridge of Dara. ',
  ])('not even of an attack: %s', (caption) => expect(texts(caption + news)).toEqual([news]))

  test('but a caption that tells of an attack is one where nothing else is told', () => {
    const caption = 'Children carry water past a silo after a Russian drone attack on August 16, 2026.'
    expect(texts(`${caption} —Anna Koval—AP`)).toEqual([caption])
    expect(texts(`${caption} —Anna Koval—AP ${news}`)).toEqual([news])
  })

  test.each([
    'The bridge—built by the AP family—was closed on Monday.',
    'The council walks out, and both bridges have been closed since August 16, 2026, the mayor said.',
    'Reuters Holdings of Dara closed both bridges on Monday, the mayor said.',
    'Pictures by satellite show that both bridges of Dara are closed.',
  ])('but a sentence that only looks like one is: %s', (sentence) => expect(texts(sentence)).toEqual([sentence]))
})

test('the first word of a caption that was cut is no claim', () => {
  expect(texts(`${news} Pet`)).toEqual([news])
})
