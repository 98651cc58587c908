import { describe, expect, test } from 'vitest'
import { numbersIn } from '../../src/reading/rules/edits/numbers.ts'
import { arabicForms } from '../../src/reading/rules/languages/arabic-forms.ts'
import { explain } from '../../src/reading/rules/topics/explain.ts'
import type { TopicRule } from '../../src/reading/rules/types.ts'

const stemOf = (phrase: string) => arabicForms(phrase)[0]?.stem
const finds = (phrase: string, word: string) => arabicForms(word).some(({ stem }) => stem === stemOf(phrase))

describe('an Arabic word is found by its stem', () => {
  test.each([
    ['صاروخ', 'وبالصواريخ'],
    ['صاروخ', 'صاروخين'],
    ['لاجئ', 'للاجئين'],
    ['لاجئ', 'ولاجئات'],
    ['منزل', 'منازلهم'],
    ['محطة', 'محطتها'],
    ['محطة', 'والمحطات'],
    ['قصف', 'يقصفون'],
    ['قصف', 'سيقصفونها'],
    ['استهدف', 'تستهدف'],
    ['أجلى', 'يُجلي'],
    ['وقود', 'بالوقود'],
    ['مسيرة', 'بمسيّرات'],
    ['مصفاة', 'المصافي'],
    ['سكان', 'وسكانها'],
    ['جندي', 'كالجنود'],
    ['مستشفى', 'مستشفيات'],
    ['مسؤول', 'المسئولين'],
    ['ضمان', 'ضماناتٍ'],
  ])('%s in %s', (phrase, word) => expect(finds(phrase, word)).toBe(true))

  test.each([
    ['ضرب', 'إضراب'],
    ['ضرب', 'ضرائب'],
    ['لاجئ', 'لجنة'],
    ['سد', 'سيد'],
    ['قصف', 'قصيدة'],
    ['حرب', 'محراب'],
    ['صاروخ', 'صراخ'],
    ['نفط', 'نقطة'],
  ])('%s not in %s', (phrase, word) => expect(finds(phrase, word)).toBe(false))
})

test('an exact form and a beginning are found behind a particle too', () => {
  const rule: TopicRule = {
    slug: 'any',
    name: 'Any',
    description: '',
    version: 1,
    threshold: 0.5,
    rule: {
      signals: [{ weight: 1, find: 'x' }],
      languages: { ar: { signals: [{ weight: 1, find: { any: ['=ناقلة', 'لاجئ*'] } }] } },
    },
  }
  const scoreOf = (text: string) => explain({ text, language: 'ar' }, [rule])[0]?.score ?? 0
  expect(scoreOf('وصلت إلى الميناء وبالناقلة عشرة بحارة.')).toBe(1)
  expect(scoreOf('وصل إلى الميناء عشرة ناقلين.')).toBe(0)
  expect(scoreOf('سمحت الدولة للاجئات بالعمل.')).toBe(1)
})

test.each([
  ['نزح مئة ألف شخص', [100_000]],
  ['نزح ١٢٬٥٠٠ أسرة بزيادة ٤٫٥ في المئة', [12_500, 4.5]],
  ['عاد مئة وثلاثون ألفًا', [130_000]],
  ['وصلت ألف ومئتا خيمة', [1_200]],
  ['قتل ثلاثة وعشرون جنديًا و٧ مدنيين', [23, 7]],
  ['في الملجأ خمسة عشر طفلًا وثلاثة رضع', [15, 3]],
  ['بلغ العدد أحد عشر مليونًا', [11_000_000]],
  ['يعيش مليونا شخص هناك', [2_000_000]],
  ['ستة آلاف وخمسمئة عائلة', [6_500]],
  ['40 ألف نازح', [40_000]],
  ['عشرات الآلاف، ولم يعد أحد', []],
])('the numbers of %s', (text, numbers) => {
  const found = numbersIn(text)
  expect(found.map(({ number }) => number)).toEqual(numbers)
  for (const { start, end } of found) expect(text.slice(start, end).trim()).toBe(text.slice(start, end))
})
