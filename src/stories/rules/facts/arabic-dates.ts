import type { DateWords } from './date-words.ts'

/** Names of the Levant and Iraq, of Egypt and the Gulf, and of the Maghreb. */
const months = [
  'كانون الثاني|يناير|جانفي',
  'شباط|فبراير|فيفري',
  'آذار|اذار|مارس',
  'نيسان|أبريل|إبريل|ابريل|أفريل',
  'أيار|ايار|مايو|ماي',
  'حزيران|يونيو|يونيه|جوان',
  'تموز|يوليو|يوليه|يوليوز|جويلية',
  'آب|أغسطس|اغسطس|أوت|غشت',
  'أيلول|ايلول|سبتمبر|شتنبر',
  'تشرين الأول|تشرين الاول|أكتوبر|اكتوبر',
  'تشرين الثاني|نوفمبر|نونبر',
  'كانون الأول|كانون الاول|ديسمبر|دجنبر',
]

const month = months.join('|')

/** Two names of one month are joined by a stroke. */
const date = new RegExp(
  `(?<![\\d.,:])(?<!(?:منذ|حتى|لغاية|قبل|بعد|من|إلى)(?: يوم)? )(?<day>[12]\\d|3[01]|0?[1-9])(?: من)?(?: شهر)? (?<month>${month})(?:\\s?[/(]\\s?(?:${month})\\)?)?(?: (?:من )?(?:عام |سنة )?(?<year>(?:19|20)\\d\\d))?(?![\\p{L}\\d])`,
  'gu',
)

/**
 * Days of months in Arabic: `٣ تشرين الثاني`, `14 آب/أغسطس 2025`. Not those behind `منذ` or `حتى`, on which nothing happened, and no
 * days of the week, which mostly tell when somebody spoke.
 */
export const arabicDates: DateWords = { mayHaveDate: /\d/, date, months, weekdays: [], joints: {} }
