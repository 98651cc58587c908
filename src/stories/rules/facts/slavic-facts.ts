import { clauseFactsIn, type FactVocabulary } from './clause-facts.ts'
import type { Bound, Fact } from './fact.ts'
import { slavicEventIn, slavicThingAt } from './slavic-fact-words.ts'

/** Whether a sentence is written in Cyrillic letters for the greater part. */
export const isSlavic = (sentence: string): boolean =>
  /[\u0400-\u04ff]{3}/.test(sentence) && (sentence.match(/[\u0400-\u04ff]/g)?.length ?? 0) * 3 > sentence.length

/** The figures of a sentence in Ukrainian or Russian whose role is certain; offsets count in the sentence. */
export const slavicFactsIn = (sentence: string, speaker: string | null): Fact[] =>
  clauseFactsIn(sentence, speaker, slavic)

const slavic: FactVocabulary = {
  eventIn: slavicEventIn,
  thingAt: slavicThingAt,
  joints: /[,;:—–(]\s?| (?:і|й|та|а|але|и|но) /gu,
  stops: /^(?:у|в|на|до|з|із|зі|за|під|по|від|и|і|й|та|из|с|от|к|под|не|що|что|як|как|було|були|было|были)$/iu,
  notPersons:
    /^(?:раз|удар|випад|случа|атак|район|област|напрям|направл|обстріл|обстрел|вибух|взрыв|бо[їйе]|тварин|животн|корів|коров|голів|голов)/iu,
  part: /(?:серед них|з них|із них|зокрема|у тому числі|в т\. ?ч\.|у т\. ?ч\.|среди них|из них|в том числе|включая|включно з)[^,]*$/iu,
  unit: /^\.?[ \u00a0](?:тис\. |млн |млрд )?(?:рок|рік|місяц|тижн|дн|діб|доб|годин|год\b|хвилин|хв|секунд|км|кілометр|метр|м²|м\b|мм|кг|тонн|т\b|літр|градус|мвт|гвт|квт|грн|гривень|гривн|долар|євро|рубл|відсот|процент|раз|країн|сторін|пункт|бал|лет|год|месяц|недел|сут|дней|час|минут|километр|литр|доллар|евро|стран|га\b|гектар)/iu,
  hedges:
    /(?<!\p{L})(?:щонайменше|принаймні|не менше(?: ніж)?|понад|більше(?: ніж)?|більш(?: як| ніж)|близько|приблизно|орієнтовно|майже|до|лише|як мінімум|по меньшей мере|не менее|свыше|более|больше|около|примерно|почти|порядка|как минимум) $/iu,
  boundOf,
}

function boundOf(hedge: string): Bound {
  if (hedge === '' || /лише/i.test(hedge)) return null
  if (/^до /i.test(hedge)) return 'up to'
  return /близько|приблизно|орієнтовно|майже|около|примерно|почти|порядка/i.test(hedge) ? 'about' : 'at least'
}
