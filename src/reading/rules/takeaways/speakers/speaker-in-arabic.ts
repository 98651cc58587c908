import { withoutArabicSigns } from '../../languages/arabic-signs.ts'

/**
 * The speaker that an Arabic sentence names: `بحسب المنظمة الدولية للهجرة`, `قال المتحدث باسم الجيش إن`, `كما أعلنت الوزارة`.
 * Arabic has no capitals: a name is known by its place in the sentence alone.
 */
export function arabicSpeaker(sentence: string): string | null {
  const text = withoutArabicSigns(sentence)
  return (
    named(beforeThat.exec(text)?.[1]) ??
    named(behindQuotation.exec(text)?.[1]) ??
    named(withSource(text)) ??
    named(subjectFirst.exec(text)?.[1]) ??
    named(headline.exec(text)?.[1], offices)
  )
}

/** A phrase without marks. */
const phrase = '([^،؛:.()«»“”"؟!]{2,110}?)'
const past =
  'قال|أعلن|أكد|أفاد|ذكر|صرح|أوضح|أضاف|حذر|اعتبر|شدد|كشف|أشار|لفت|نفى|كتب|رأى|زعم|ادعى|أبلغ|بين|نبه|توقع|أقر|اعترف|جزم|نوه|روى|نقل'
const present =
  'يقول|يعلن|يؤكد|يفيد|يذكر|يوضح|يضيف|يحذر|يعتبر|يشدد|يشير|يلفت|يرى|يزعم|يروي|يتوقع|يقدر|تقول|تعلن|تؤكد|تفيد|تذكر|توضح|تضيف|تحذر|تعتبر|تشدد|تشير|تلفت|ترى|تزعم|تروي|تتوقع|تقدر'
const feminine = 'نفت|رأت|ادعت|روت'
const said = `(?:(?:${past})ت?|${feminine}|${present})`
/** `أن`, `إنه`, `بأنها`, `من أن`, a colon or a quotation: what is said follows. */
const that = '(?:(?:من |إلى |على )?(?:ب|ل)?[أإ]ن(?:ه|ها|هم|هما|نا|ني)?(?= )|:|،? ?[«“"])'

const beforeThat = new RegExp(
  `(?:^|[،؛] |بدور(?:ه|ها) )(?:[وف]|كما |وقد |قد )?${said} ${phrase}(?: \\([^()]{1,60}\\))?،? ${that}`,
)
const behindQuotation = new RegExp(
  `(?:[»”"]،? |، |[،؛–—-] )(?:كما |حسبما |بحسب ما |وفق ما |هكذا )?${said}(?: به| عنه| فيه)? ${phrase}(?=[.،؛!؟]|$)`,
)
const subjectFirst = new RegExp(`^${phrase} (?:${past}|${feminine}|${present})ت? [أإ]ن`)
const headline = new RegExp(`^(?![وف]?${said} )([^،؛:.()«»“”"؟!]{3,60}): ?(?=[^\\s\\d]{2})`)

/** Who is named behind `بحسب` and the like, whatever verb follows: `وفق ما أفاد به الحاكم`. */
function withSource(text: string): string | undefined {
  const found = source.exec(text)
  if (!found) return undefined
  const [, behindTo, behind] = found
  return behindTo === undefined ? behind : withoutTo(behindTo)
}

const report =
  '(?:(?:ما )?(?:أفاد|أعلن|ذكر|قال|أورد|نقل|أوضح|أكد|صرح|كشف|جاء|نشر|أظهر)(?:ت)?(?:ه|ته)?(?: (?:به|عنه|في))? |(?:بيان|تقرير|بيانات|أرقام|تقديرات|إحصاءات|تصريحات|مصادر في|معلومات) (?=[^ ]))'
const source = new RegExp(
  `(?:^|[ (])و?(?:(?:وفقا|طبقا|استنادا) (ل${phrase.slice(1, -1)})|(?:بحسب|حسب|وفق|على حد قول|على حد تعبير|نقلا عن|على لسان|وبحسب|حسبما|بحسبما|وفقما) ?${report}?${phrase})(?=[.،؛:)!؟]|$)`,
)

/** `للمنظمة` is of `المنظمة`, `لوزارة` of `وزارة`. */
const withoutTo = (words: string): string =>
  words
    .replace(/^لل/, 'ال')
    .replace(/^ل(?!ل) ?/, '')
    .replace(new RegExp(`^${report}`), '')

/** The phrase up to a time, a place or a listener; null if it holds no name, body or office. */
function named(words: string | undefined, needed?: RegExp): string | null {
  const text = makerOfPaper((words ?? '').trim().split(cuts)[0]?.trim() ?? '')
  const count = text.split(' ').length
  if (text.length < 3 || count > 10 || notSpeakers.test(text) || lonePerson.test(text)) return null
  if (count === 1 && needed === undefined && !/^ال/.test(text) && !offices.test(text) && text.length < 4) return null
  return needed === undefined || needed.test(text) ? text : null
}

/** `تقرير للمجلس النرويجي` speaks for `المجلس النرويجي`. */
const makerOfPaper = (words: string): string => {
  const maker = /^(?:تقرير|بيان|دراسة) (?:جديد |جديدة |صادر |مشترك )?(?:عن )?(ل?\S.*)$/.exec(words)?.[1]
  return maker === undefined ? words : withoutTo(maker)
}

const days = 'الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت'
const cuts = new RegExp(
  ` (?:في|عبر|على|خلال|أمس|اليوم|مساء|صباح|فجر|ليل|ليلة|يوم|${days}|للصحفيين|للصحافيين|للصحافة|لوسائل|لوكالة|لقناة|لإذاعة|لصحيفة|لرويترز|لفرانس|لبي|لموقع|إثر|بعد|قبل|أثناء|عن|عقب|حول|بشأن|بعدما|منذ|مؤخرا|سابقا|أيضا|بدوره|بدورها|تعليقا|ردا|الذي|التي|الذين|إلى|وهو|وهي|أنه|أنها|لدى|حيث|تحت|بينما|إذ|من دون|من خلال|من جهة|من جانب) ?.*$`,
)

/** Pronouns and words that begin another kind of clause. */
const notSpeakers =
  /^(?:[أإ]ن|هو|هي|هم|هذا|هذه|ذلك|تلك|ما|من|كل|لا|لم|لن|في|على|عن|إلى|قد|أي|أحد|أحدهم|بعض|كثير|كثيرون|آخرون|الأخير|الأخيرة|له|لها|لهم|إذا|لو|حين|حيث|الحاجة|الأصول|القانون|الدستور|الخطة|الخطط|الاتفاق|المعايير|الظروف|النص|الجدول|البرنامج|الطلب|المنطقة|السن|العادة|نوع|حجم|الحجم|الوضع|الأولوية|الحالة|رأيه|رأيها)(?: |$)/
/** An office of which there are many, and nothing says which. */
const lonePerson =
  /^(?:الحاكم|الوزير|الوزيرة|الرئيس|الرئيسة|المتحدث|المتحدثة|المسؤول|المسؤولة|المحافظ|المدير|المديرة|الناطق|القائد|السفير|الجنرال|النائب|الكاتب|الخبير|الخبيرة|المحلل|الرجل|المرأة|الأب|الأم|الشاهد|الطبيب|الطبيبة|المصدر|البيان|التقرير|الوكالة|الوزارة|المنظمة|الشركة|الصحيفة|الهيئة|اللجنة|الدراسة)$/
/** Bodies and offices, by which a headline's label is told from a place. */
const offices =
  /(?:^| )(?:ال)?(?:متحدث|ناطق|وزير|وزيرة|وزارة|رئيس|رئيسة|رئاسة|حاكم|محافظ|عمدة|مدير|مديرة|منظمة|مفوضية|مفوض|أمم|الأمم المتحدة|جيش|شرطة|حكومة|هيئة|لجنة|مجلس|برلمان|كرملين|بنتاغون|خارجية|دفاع|داخلية|أركان|استخبارات|سلطات|بلدية|ادعاء|نيابة|مسؤول|مسؤولون|خبير|خبراء|شهود|أونروا|يونيسف|يونيسيف|الصحة العالمية|أطباء بلا حدود|الصليب الأحمر|الهلال الأحمر|بعثة|مبعوث|سفير|سفارة|قائد|قيادة|مرصد|مركز|معهد|وكالة|شركة|أمين|بابا|ملك|أمير|زيلينسكي|بوتين|ترامب|ماكرون|غوتيريش|نتنياهو|أردوغان)(?: |$)/
