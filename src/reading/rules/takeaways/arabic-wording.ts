import { withoutArabicSigns } from '../languages/arabic-signs.ts'

/** How much the words of an Arabic sentence suggest a takeaway: 0 to 0.55, for events and for figures. */
export function arabicCue(sentence: string): number {
  return (event.test(sentence) ? 0.4 : 0) + (figure.test(sentence) ? 0.15 : 0)
}

/** Words for what was hit, who was hurt or left, what was agreed, refused or stopped. */
const event =
  /(?:قصف|استهدف|ضرب|دم[ّ]?ر|هاجم|هجوم|فج[ّ]?ر|انفجار|احترق|اندلع|انقطع|توقف|خرج عن الخدمة|قُ?تل|أصيب|أُصيب|جرح|نزح|نازح|لاجئ|أجل[ىت]|فر[ّت]|غادر|ه[ُ]?ج[ّ]?ر|رح[ّ]?ل|أعلن|وق[ّ]?ع|اتفق|أقر[ّت]|رفض|حذ[ّ]?ر|هدد|تعهد|ضمان|هدنة|انسحب|سيطر|ارتفع|انخفض|تراجع|تضاعف|سجل)/
const figure =
  /[\d٠-٩][\d٠-٩.,٬٫]{0,12}\s?(?:ألف|مليون|مليار|%|٪|في المئة|في المائة|بالمئة|شخص|أسرة|عائلة|طفل|نازح|لاجئ|مدني|قتيل|جريح|مسي)|(?:مئة|مائة|مئات|آلاف|ألف|مليون|ملايين) /

/** Whether the beginning of an Arabic sentence depends on the sentence before it: a pronoun, a demonstrative or a connective. */
export function leansInArabic(start: string): boolean {
  const bare = withoutArabicSigns(start)
  return connective.test(bare) || unnamedSpeaker.test(bare) || before.test(bare)
}

const connective =
  /^(?:[وف]?(?:هو|هي|هم|هما|هذا|هذه|هذان|هؤلاء|ذلك|تلك|هنا|هناك|لكن|لكنه|لكنها|لكنهم|بل|لذا|لذلك|لهذا|بذلك|عليه|كذلك|أيضا|بالتالي|من ثم|مع ذلك|رغم ذلك|بعد ذلك|قبل ذلك|في المقابل|بالمقابل|على العكس|إلى ذلك|علاوة على ذلك|فضلا عن ذلك|من جهة أخرى|من ناحية أخرى|في هذا|في هذه|بهذا|منهم|منها|بينهم|بينها|معظمهم|جميعهم|كلاهما|يأتي ذلك|يأتي هذا|تأتي هذه|جاء ذلك|كان ذلك|كما أن|كما أنه|كما أنها|كانت قد|كان قد)|غير أن|غير أنه|غير أنها|إلا أن|إلا أنه|إلا أنها|بيد أن|ثم|إذ|حيث|مما|بدوره|بدورها|من جهته|من جهتها|من جانبه|من جانبها)(?= |،|$)/

/** `كانت المصفاة قد تعرضت`: what was before. */
const before = /^[وف]?كان(?:ت|وا)? (?:\S+ ){1,4}قد /

/** `وأضاف أن`: somebody goes on who is named before; `وقال الحاكم`: which one is said before. */
const unnamedSpeaker =
  /^[وف]?(?:كما )?(?:قال|أضاف|أوضح|أكد|أشار|ذكر|تابع|أردف|ختم|زاد|شدد|لفت|نوه|صرح|حذر|استطرد|يقول|يضيف|يؤكد|يوضح)ت? (?:إلى |على |من )?(?:[أإ]ن|[أإ]نه|[أإ]نها|ب[أإ]ن|(?:الحاكم|الوزير|الرئيس|المتحدث|المسؤول|المحافظ|المدير|الناطق|القائد|الوزيرة|الرئيسة|المتحدثة|المسؤولة|المصدر|البيان|التقرير))(?= |،|:|$)/

/** A claim without the `و` that joins it to what stood before: `وأعلنت الوزارة أن`, `وفي كييف`. */
export const withoutArabicJoining = (claim: string): string => claim.replace(joining, '')

/** Only before words of which it can be no letter. */
const joining =
  /^و(?=(?:(?:قال|أعلن|أكد|أفاد|ذكر|صرح|أوضح|حذر|اعتبر|شدد|كشف|أشار|لفت|نفى|دعا|اتهم|طالب|استهدف|هاجم|أصاب|أدى|بلغ|ارتفع|انخفض|تراجع|نزح|عبر|غادر|انقطع|توقف|اندلع|أسفر|تسبب|رفض|تعهد|اتفق|يقول|يعيش|يحتاج|يخشى|تقول|تخشى|تحتاج)ت?|بحسب|حسب|في|من|على|عن|إلى|كانت?|لم|لن|لا|تم|منذ|خلال|بعد|قبل) )/
