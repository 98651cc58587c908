import { slavicSaying as said, slavicPaper, slavicToSomebody } from './slavic-verbs.ts'

/** The speaker that a Ukrainian or Russian sentence names: `за словами Буданова`, `повідомили в обленерго`. */
export function slavicSpeaker(sentence: string): string | null {
  const source = sourceWords.exec(sentence)
  if (source?.[1]) {
    const phrase = named(source[1])
    if (phrase) return nominativeOfGenitive(phrase)
  }
  const writer = sourcePaper.exec(sentence)?.[1]
  if (writer) {
    const paperOf = named(writer)
    if (paperOf) return nominativeOfGenitive(paperOf)
  }
  const behind = afterVerb.exec(sentence)
  if (behind) return behind[2] ? atInstitution(behind[2]) : behindVerb(behind[1] ?? '', behind[3] ?? '')
  const inside = insideBeforeVerb.exec(sentence)?.[1]
  if (inside) return bodyIn(inside)
  const before = beforeVerb.exec(sentence)?.[1]
  return before ? named(before) : null
}

const phrase = '([^,;:.()«»“”"—–!?]{2,90})'
const sourceWords = new RegExp(
  `(?:^|[\\s(])(?:[Зз]а (?:словами|даними|інформацією|твердженням|повідомленням|оцінкою|оцінками)|[Зз]і слів|[Нн]а думку|[Пп]о (?:словам|данным|информации|утверждению|сообщению|мнению|оценке|оценкам)|[Сс]о слов) ${phrase}`,
)
/** The time that may stand between `this` and the verb. */
const when =
  '(?:(?:сьогодні|вчора|сегодня|вчера|раніше|ранее|згодом|позже|також|также|(?:у|в|во) \\p{L}{4,11}|\\d{1,2} \\p{L}{3,9}) )?'
const sourcePaper = new RegExp(`${slavicPaper} ${phrase}`, 'u')
/** `У мерії уточнили, що`, `В ООН считают, что`. */
const insideBeforeVerb = new RegExp(
  `^(?:У|В|Во|На) ([^,;:.()«»“”"—–!?]{2,60}?) (?:також |раніше |также |ранее |вже |уже )?${said}(?:,? (?:що|что)(?= )|: )`,
  'u',
)
const afterVerb = new RegExp(
  `(?:[,»”"—–] ?|^(?:Як|Как|Про це|Об этом) )(?:про це |об этом |як |как )?${when}(${said}) (?:(?:у|в|во|на) ${phrase}|${phrase})`,
  'u',
)
const beforeVerb = new RegExp(
  `^([^,;:()«»“”"—–]{2,110}?) (?:також |раніше |также |ранее |сьогодні |сегодня )?${said}(?:,? (?:що|что|про|о|об)(?= )|:|,? ?[«“"])`,
)

/** The phrase up to a time, a place or a medium; null if it holds no name, body or office. */
function named(words: string): string | null {
  const text = words.trim().split(cuts)[0]?.trim() ?? ''
  const first = text.split(' ')[0] ?? ''
  const isOne =
    text.split(' ').length <= 9 &&
    !notSpeakers.test(first) &&
    !/^(?:[ЗПНСВУ][аоіиу]?|Після|После|Коли|Когда|Якщо|Если|Як|Как)$/u.test(first)
  return isOne &&
    (/\p{Lu}/u.test(text.slice(1)) || nouns.test(text) || (/^\p{Lu}\p{Ll}{3,}$/u.test(text) && !/ли$/.test(text)))
    ? text
    : null
}

const cuts =
  /\s(?:у|в|во|на|під|про|что|що|о|об|за|із|из|через|вранці|ввечері|утром|вечером|сьогодні|сегодня|вчора|вчера|ЗМІ|журналістам|журналистам|який|яка|который|которая|та зазначив|и отметил)(?=\s|$)/u
const notSpeakers =
  /^(?:його|її|їх|їхніми?|них|него|нее|неё|его|её|ее|их|він|вона|вони|он|она|они|мы|ми|я|цими|этим|попередніми|предварительным|станом|состоянию|планом|плану|прогноз\p{L}*|багатьох|многих|це|это|том|тому|тим)$/iu
const nouns =
  /(?:^|[\s-])(?:мер|мера|мэр|мэра|губернатор|губернатора|обленерго|облэнерго|поліці[яїі]|полици[яи]|прокуратур[аиіые]|слідств[аоі]|следстви[яе]|пресслужб[аиіы]|мері[яїі]|мэри[яи]|міноборони|минобороны|генштаб[аіу]?|рятувальник(?:и|ів)|спасател(?:и|ей)|міністерств[аоі]|министерств[аое]|міністр[а]?|министр[а]?|президент[а]?|речни(?:к|ця|ка|ці)|очільни(?:к|ця|ка|ці)|глав[аыи]|начальни(?:к|ка)|представител[ья]|представни(?:к|ка|ця|ці)|адміністраці[яїі]|администраци[яи]|влад[аи]|власт(?:и|ей)|експерт(?:и|ів)|эксперт(?:ы|ов)|очевид(?:ці|цы|ців|цев)|свидетел(?:и|ей)|компані[яїі]|компани[яи]|служб[аиіые]|штаб[аіе]?|розвідк[аи]|розвідці|разведк[аеи]|командуванн[яі]|командовани[яе]|прокурор[а]?|директор[а]?|агентств[аоіе]|видання|издани[ея]|мешканці|жители)(?=$|\s)/iu

/** Who said it, behind the verb: an office, or a whole name where the verb may also have a name as its object. */
function behindVerb(verb: string, words: string): string | null {
  if (slavicToSomebody.test(verb) && !/^(?:\p{Ll}|\p{Lu}\S+ \p{Lu}|\p{Lu}{2})/u.test(words)) return null
  return named(words)
}

/** The body in which something was said, before the verb: `мерії Нікополя`, `ООН`; no place in which somebody spoke. */
function bodyIn(words: string): string | null {
  if (firstForms.has(words)) return firstForms.get(words) ?? null
  const [first = '', ...rest] = words.split(' ')
  const isBody = /^\p{Lu}{2,}\p{Ll}?$/u.test(first) || nouns.test(first) || firstForms.has(first)
  const isWhole = /^\p{Lu}/u.test(first) ? rest.every((word) => /^\p{Lu}/u.test(word)) : rest.length < 5
  return isBody && isWhole ? atInstitution(words) : null
}

/** The institution in which something was said. A few common nouns are brought back to their first form. */
function atInstitution(words: string): string | null {
  const text = words.trim().split(cuts)[0]?.trim() ?? ''
  const place =
    /^(?:телеграм\p{L}*|telegram\p{L}*|facebook|фейсбу\p{L}+|соц\p{L}+|інтерв['’ʼ]ю|интервью|ефірі|эфире|четвер|понеділок|вівторок|середу|суботу|неділю|понедельник|вторник|среду|субботу|своєму|своем|своём|брифінгу|брифинге|коментарі|комментарии|ході|ходе|\d+|\p{L}+[оа]?м[иу]?)$/iu
  if (place.test(text.split(' ')[0] ?? '') || !named(text)) return null
  return text.includes(' ')
    ? text
        .replace(/^Міністерстві /, 'Міністерство ')
        .replace(/^Министерстве /, 'Министерство ')
        .replace(/^Офісі /, 'Офіс ')
    : (firstForms.get(text) ?? text)
}

const firstForms = new Map([
  ['поліції', 'поліція'],
  ['мерії', 'мерія'],
  ['прокуратурі', 'прокуратура'],
  ['пресслужбі', 'пресслужба'],
  ['Генштабі', 'Генштаб'],
  ['компанії', 'компанія'],
  ['адміністрації', 'адміністрація'],
  ['розвідці', 'розвідка'],
  ['міністерстві', 'міністерство'],
  ['полиции', 'полиция'],
  ['мэрии', 'мэрия'],
  ['прокуратуре', 'прокуратура'],
  ['пресс-службе', 'пресс-служба'],
  ['Генштабе', 'Генштаб'],
  ['компании', 'компания'],
  ['администрации', 'администрация'],
  ['разведке', 'разведка'],
  ['министерстве', 'министерство'],
  ['обленерго', 'обленерго'],
  ['Кремлі', 'Кремль'],
  ['Кремле', 'Кремль'],
  ['Пентагоні', 'Пентагон'],
  ['Пентагоне', 'Пентагон'],
  ['Києві', 'Київ'],
  ['Киеве', 'Киев'],
  ['Москві', 'Москва'],
  ['Москве', 'Москва'],
])

/** A lone surname in its first form, where its ending leaves one only; other words stay as they are. */
function nominativeOfGenitive(words: string): string {
  if (!/^\p{Lu}\p{Ll}+$/u.test(words)) return words
  for (const [genitive, nominative] of endings)
    if (words.endsWith(genitive)) return words.slice(0, -genitive.length) + nominative
  return words
}

const endings: [string, string][] = [
  ['ського', 'ський'],
  ['цького', 'цький'],
  ['ської', 'ська'],
  ['ского', 'ский'],
  ['цкого', 'цкий'],
  ['ової', 'ова'],
  ['євої', 'єва'],
  ['овой', 'ова'],
  ['евой', 'ева'],
  ['ова', 'ов'],
  ['єва', 'єв'],
  ['ева', 'ев'],
  ['штабу', 'штаб'],
  ['штаба', 'штаб'],
]
