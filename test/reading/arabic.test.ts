import { describe, expect, test } from 'vitest'
import { passagesOf } from '../../src/reading/rules/passages/split-passages.ts'
import { read } from '../../src/reading/rules/read.ts'
import { speakerOfClaim } from '../../src/reading/rules/takeaways/attribution.ts'
import { isListName } from '../../src/reading/rules/takeaways/list-names.ts'
import { sentencesOf } from '../../src/reading/rules/takeaways/sentences.ts'
import { dependsOnPrevious, tells } from '../../src/reading/rules/takeaways/wording.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'
import { builtinTopicsOf, labelledIn, topicLabels } from '../support/labelled-sentences.ts'

type Labelled = { text: string; topics: string[]; kind: 'positive' | 'trap' | 'neutral' }

const labelled = labelledIn<Labelled>('ar')
const given = labelled.map(({ text }) => builtinTopicsOf(text, 'ar'))

describe('the built-in topics in Arabic', () => {
  test.each(topicLabels.map(([topic]) => topic))(
    '%s is found in most sentences of less obvious words, and rarely elsewhere',
    (topic) => {
      const found = labelled.filter((_, i) => given[i]?.includes(topic))
      const right = found.filter(({ topics }) => topics.includes(topic)).length
      expect(right / labelled.filter(({ topics }) => topics.includes(topic)).length).toBeGreaterThan(0.85)
      expect(right / found.length).toBeGreaterThan(0.9)
    },
  )

  test.each(['trap', 'neutral'] as const)('a %s sentence is hardly ever given a topic', (kind) => {
    const wrong = labelled.filter((row, i) => row.kind === kind && given[i]?.length)
    expect(wrong.length / labelled.filter((row) => row.kind === kind).length).toBeLessThan(0.05)
  })
})

test.each([
  ['هل عاد الماء؟ لم يعد بعد. البئر جافة!', 3],
  ['قالت الأم: «لن نرحل.» ثم سارت.', 2],
  ['بلغ المنسوب ٣.٥ متر؛ والسد سليم، كما قيل.', 1],
])('the sentences of %s', (text, count) => expect(sentencesOf(text)).toHaveLength(count))

test.each([
  'أبرز التطورات',
  'أهم النقاط:',
  'النقاط الرئيسية',
  'نقاط رئيسية',
  'أبرز النقاط',
  'أهم التطورات',
  'الرسائل الرئيسية',
  'أبرز المستجدات',
  'أهم الاستنتاجات',
  'أبرز الأحداث',
  'النتائج الرئيسية',
  'أهم ما جاء في التقرير',
  'أبرز ما ورد هذا الأسبوع',
  'أهم الأحداث للأسبوع الثاني من أيار',
  'أبرز ما جرى اليوم',
  'نقاط مهمة',
])('%s is the name of a list', (name) => expect(isListName(name)).toBe(true))

test.each(['شروط المشاركة', 'نقاط الاتصال', 'نقطة التفتيش', 'أهم الكتب في المعرض'])('%s is no name of a list', (line) =>
  expect(isListName(line)).toBe(false),
)

test.each([
  ['نزحت ألف أسرة من القرية، بحسب المنظمة الدولية للهجرة.', 'المنظمة الدولية للهجرة'],
  ['قال المتحدث باسم البعثة نادر سليم إن الجسر أُغلق.', 'المتحدث باسم البعثة نادر سليم'],
  ['وأعلنت وزارة الصحة أن ثلاثة مستشفيات توقفت.', 'وزارة الصحة'],
  ['«لم يبق لدينا دواء»، تقول الطبيبة أمل حسن.', 'الطبيبة أمل حسن'],
  ['احترق خزان في الميناء، وفق ما أفاد به محافظ المنطقة سامي نصر.', 'محافظ المنطقة سامي نصر'],
  ['وبحسب هيئة الأركان، أصابت المسيّرات المحطة.', 'هيئة الأركان'],
  ['من جهته، أكد وزير الطاقة كمال ديب أن الإمدادات مستقرة.', 'وزير الطاقة كمال ديب'],
  ['خلت القرية من أهلها، كما أعلنت البلدية.', 'البلدية'],
  ['وفقًا لمنظمة الصحة العالمية، توقفت عشر عيادات.', 'منظمة الصحة العالمية'],
  ['قُتل سبعة وفقًا للهلال الأحمر السوداني.', 'الهلال الأحمر السوداني'],
  ['الأمم المتحدة: نزوح ألف أسرة من شمال الإقليم', 'الأمم المتحدة'],
  ['ذكر تقرير للمجلس النرويجي للاجئين أن ألف أسرة تنام في العراء.', 'المجلس النرويجي للاجئين'],
  ['صرح وزير الدفاع التركي للصحفيين بأن بلاده مستعدة لمراقبة الهدنة.', 'وزير الدفاع التركي'],
  ['شددت الأمينة العامة هدى ناصر أمس على أن المدنيين في خطر.', 'الأمينة العامة هدى ناصر'],
])('the speaker of %s', (claim, speaker) => expect(speakerOfClaim(claim)).toBe(speaker))

test.each([
  'نزح آلاف السكان من المدينة.',
  'قالت إن القرية خالية.',
  'قال الحاكم عبر تلغرام: «تضررت المحطة».',
  'السودان: قصف على محطة الكهرباء',
  'أعلنت الحكومة حالة الطوارئ في ثلاث ولايات.',
  'وُزعت المساعدات بحسب الحاجة.',
  'وفق الخطة، ينتشر الجنود على جانبي الخط.',
  'من المتوقع أن يصل مئة ألف إلى الحدود.',
])('nobody by name speaks in %s', (claim) => expect(speakerOfClaim(claim)).toBeNull())

test.each([
  'وأضاف أن الفرق تعمل في المكان.',
  'هذا الهجوم هو الثالث في شهر.',
  'لكن أحدًا لم يعد.',
  'وكانت المصفاة قد تعرضت لهجوم في الربيع.',
  'وقال الوزير إن الجسر مغلق.',
])('%s depends on the sentence before it', (sentence) => expect(dependsOnPrevious(sentence)).toBe(true))

test.each(['وأعلنت وزارة الصحة أن المستشفى أُغلق.', 'هدمت الجرافات ثلاثين بيتًا.', 'كانت القرية خالية.'])(
  '%s stands alone',
  (sentence) => expect(dependsOnPrevious(sentence)).toBe(false),
)

test('a question tells nothing', () => expect(tells('من سيحرس الهدنة؟')).toBe(false))

const body = ['غمر النهر ثلاث قرى فجر الاثنين.', 'وانضم جسران إلى قائمة الطرق المغلقة حتى نهاية أيار.']

test.each([
  'تابعونا على تلغرام وإكس',
  'جميع الحقوق محفوظة © ٢٠٢٥',
  'اشترك في نشرتنا البريدية لتصلك الأخبار أولًا بأول.',
  'شارك هذا المقال مع أصدقائك',
  'اقرأ أيضًا: فيضان في الوادي المجاور',
  'إقرأ أيضا: فيضان في الوادي المجاور',
  'شاهد أيضًا',
  'المصدر: وكالات',
  'آخر تحديث: ١٢ أيار ٢٠٢٥',
  'انضموا إلى قناتنا على واتساب',
  'أهلًا بكم في نشرة الوادي.',
  'شكرًا لمتابعتكم.',
  'تصدر هذه النشرة كل يوم أحد.',
])('%s is no part of a report', (line) => {
  const { text, parts } = passagesOf({ html: `<p>${body[0]}</p><p>${line}</p><p>${body[1]}</p>` })
  expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual(body)
})

test.each([
  'شارك ألف جندي في حفظ الهدنة.',
  'انضمت السويد إلى الحلف في الربيع.',
  'تتابع البعثة تنفيذ الهدنة على الخط.',
  'سجلت المنظمة نزوح ألف أسرة في يوم واحد.',
  'اشترك الجيشان في تدمير الأنفاق.',
])('%s is a part of a report', (line) => {
  const { text } = passagesOf({ html: `<p>${body[0]}</p><p>${line}</p><p>${body[1]}</p>` })
  expect(text).toContain(line)
})

test('a whole bulletin gives its list, and a report its claims without datelines and joining words', () => {
  const list = ['نزحت ٩٠٠ أسرة من البلدة في يوم واحد.', 'قصفت المسيّرات محطة المياه.', 'وصلت قافلة إلى المخيم.']
  const bulletin = `<h1>نشرة الوادي</h1><p>اشترك في نشرتنا البريدية.</p><h2>أهم النقاط:</h2><ul>${list.map((item) => `<li>${item}</li>`).join('')}</ul><h2>البلدة</h2><p>قال رئيس البلدية إن السوق أُغلق.</p>`
  expect(read({ html: bulletin, language: 'ar' }, builtinTopics).takeaways.map(({ text }) => text)).toEqual(list)
  const report =
    '<p>الخرطوم (أ ف ب) – استهدفت طائرات مسيّرة فجر الثلاثاء خزانات الوقود في الميناء، ما أدى إلى حريق كبير.</p><p>وأعلنت وزارة الطاقة أن الكهرباء انقطعت عن ثلاث ولايات بعد الهجوم.</p>'
  const texts = read({ html: report, language: 'ar' }, builtinTopics).takeaways.map(({ text }) => text)
  expect(texts[0]).toMatch(/^استهدفت/)
  expect(texts[1]).toMatch(/^أعلنت/)
})

test('a long Arabic text is read in time that grows with its length only', () => {
  const sentence = 'وبالصواريخ والمسيّرات قصفوا محطتهم وخزاناتها فنزح سكانها إلى المدينة، بحسب '
  expect(read({ text: sentence.repeat(4_000), language: 'ar' }, builtinTopics).takeaways.length).toBeGreaterThan(0)
})
