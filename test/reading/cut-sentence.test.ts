import { describe, expect, it } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { endsInCut } from '../../src/reading/rules/takeaways/cut-sentence.ts'

describe('a text ends in the middle of a sentence', () => {
  it.each([
    'Ferries ran again, the harbour said, and the pilots […]',
    'Ferries ran again, the harbour said, and the pilots [...]',
    'Ferries ran again, the harbour said, and the pilots (…)',
    'Ferries ran again, the harbour said, and the pilots...',
    'Ferries ran again, the harbour said, and the pilots… Continue reading “Ferries” →',
    'Пороми знову ходять, повідомив порт, і лоцмани… Читати далі',
    'Les bacs circulent, dit le port, et les pilotes [&hellip;]',
    'Ferries ran again, the harbour said, and the',
  ])('%s', (text) => expect(endsInCut(text)).toBe(true))

  it.each([
    'Ferries ran again, the harbour said.',
    'Ferries ran again. Read more',
    'He said: “I do not know…”',
    'Ferries ran again from Odesa',
    'Which ferries it is from?',
  ])('but not: %s', (text) => expect(endsInCut(text)).toBe(false))
})

describe('a half sentence is no takeaway', () => {
  const textsOf = (html: string) => read({ html }, []).takeaways.map(({ text }) => text)
  const whole = 'Ferries ran again between the three islands on Monday.'

  it('even where nothing marks its cut', () => {
    const cut = 'The harbour master of Dara said that nine pilots were brought to several addi'
    expect(textsOf(`<p>${whole} ${cut}</p>`)).toEqual([whole])
    expect(textsOf(`<p>${cut}</p>`)).toEqual([cut])
  })

  it.each([
    `<p>${whole} The harbour reopened, pilots said, and the operator [&#8230;]</p>`,
    `<p>${whole} The harbour reopened, pilots said, and the operator&hellip; <a href="/x">Continue reading &rarr;</a></p>`,
    `<p>${whole} The harbour reopened, pilots said, and the</p>`,
  ])('%s', (html) => expect(textsOf(html)).toEqual([whole]))

  it('while a pause within the text is none', () => {
    const pause = 'The pilots waited for an hour and saw nothing...'
    expect(textsOf(`<p>${whole}</p><p>${pause}</p><p>The harbour reopened on Tuesday.</p>`)).toContain(pause)
  })
})
