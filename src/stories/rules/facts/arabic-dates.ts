import { withEuropeanDigits } from '../../../platform/text/european-digits.ts'

type DayOfMonth = { start: number; end: number; month: number; day: number; year?: number }

/**
 * The days of months that an Arabic text writes: `٣ تشرين الثاني`, `14 آب/أغسطس 2025`. Not those behind `منذ` or `حتى`, on which
 * nothing happened, and no days of the week, which mostly tell when somebody spoke.
 */
export function arabicDatesIn(text: string): DayOfMonth[] {
  return [...withEuropeanDigits(text).matchAll(date)].map(({ index, 0: written, groups = {} }) => {
    const month = months.get((groups.month ?? '').replace(/[أآ]/g, 'ا')) ?? 0
    const year = groups.year ? { year: Number(groups.year) } : {}
    return { start: index, end: index + written.length, month, day: Number(groups.day), ...year }
  })
}

/** Names of the Levant and Iraq, of Egypt and the Gulf, and of the Maghreb. */
const names = [
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

const months = new Map(
  names.flatMap((same, i) => same.split('|').map((name): [string, number] => [name.replace(/[أآ]/g, 'ا'), i + 1])),
)
const month = names.join('|')

/** Two names of one month are joined by a stroke. */
const date = new RegExp(
  `(?<![\\d.,:])(?<!(?:منذ|حتى|لغاية|قبل|بعد|من|إلى)(?: يوم)? )(?<day>[12]\\d|3[01]|0?[1-9])(?: من)?(?: شهر)? (?<month>${month})(?:\\s?[/(]\\s?(?:${month})\\)?)?(?: (?:من )?(?:عام |سنة )?(?<year>(?:19|20)\\d\\d))?(?![\\p{L}\\d])`,
  'gu',
)
