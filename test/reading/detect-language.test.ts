import { describe, expect, test } from 'vitest'
import { detectLanguage } from '../../src/reading/rules/languages/detect-language.ts'
import { languageOfTag } from '../../src/reading/rules/languages/language.ts'

const texts = {
  en: 'The mayor opened a bridge over the river, and the market moved to the other bank.',
  uk: 'Міський голова відкрив міст через річку, а ринок переїхав на інший берег.',
  ru: 'Мэр открыл мост через реку, и рынок переехал на другой берег.',
  fr: 'Le maire a inauguré un pont sur la rivière et le marché a changé de rive.',
  es: 'El alcalde inauguró un puente sobre el río y el mercado se mudó a la otra orilla.',
  ar: 'افتتح رئيس البلدية جسرا فوق النهر وانتقل السوق إلى الضفة الأخرى.',
  de: 'Der Bürgermeister eröffnete eine Brücke über den Fluss, und der Markt zog ans andere Ufer.',
  pl: 'Burmistrz otworzył most na rzece, a targ przeniósł się na drugi brzeg.',
}

describe('the language of a report', () => {
  test.each(Object.entries(texts))('is told by its words: %s', async (language, text) => {
    expect(await detectLanguage({ text })).toBe(language)
    expect(await detectLanguage({ html: `<p class="the of and to in">${text}</p>` })).toBe(language)
    expect(await detectLanguage({ title: text, markdown: '' })).toBe(language)
  })

  test('is not that which its feed declares when the words say another', async () => {
    expect(await detectLanguage({ text: texts.uk, language: 'en-US' })).toBe('uk')
    expect(await detectLanguage({ text: texts.en, language: 'ar' })).toBe('en')
    expect(await detectLanguage({ text: texts.fr, language: 'en' })).toBe('fr')
  })

  test('is that which its feed declares where the words are few', async () => {
    expect(await detectLanguage({ text: 'Одеса', language: 'uk_UA' })).toBe('uk')
    expect(await detectLanguage({ text: 'Одесса', language: 'RU-ru' })).toBe('ru')
    expect(await detectLanguage({ text: '12:40 – 300 000', language: 'fr' })).toBe('fr')
  })

  test('is English where nothing tells it', async () => {
    expect(await detectLanguage({ text: '' })).toBe('en')
    expect(await detectLanguage({ text: '300 000', language: 'the tongue of the sea' })).toBe('en')
  })
})

test('a tag names one of the languages that are read, or none', () => {
  expect(['uk-UA', 'AR', 'es_MX', 'en-GB', 'de', 'ukr', '', null].map(languageOfTag)).toEqual([
    ...['uk', 'ar', 'es', 'en'],
    ...[undefined, undefined, undefined, undefined],
  ])
})
