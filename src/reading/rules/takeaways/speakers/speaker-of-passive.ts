import { coreOf, isPreposition, phraseEnd } from './noun-phrase.ts'
import { isCapital, type Word } from './sentence-words.ts'
import { adverbs, determiners, times } from './small-words.ts'
import { speakerAt } from './speaker-behind.ts'
import { isSomebody } from './speaker-nouns.ts'
import { isOfPersons, isSaidParticiple } from './verbs-of-saying.ts'

/** The agent of a passive: `was confirmed by the mayor`, `was dismissed as “lies” by the army`. */
export function agentAt(sentence: string, words: Word[], at: number): string | null {
  const verb = participleBefore(words, at)
  if (verb < 1 || !isPassive(words, verb) || !isSaidOf(words, verb)) return null
  return speakerAt(sentence, words, at + 1, at === verb + 1 ? 'anybody' : 'known')?.name ?? null
}

/** Whether the subject of a passive is said, and not a person or a place: `Israel was condemned`, `islets claimed by`. */
function isSaidOf(words: Word[], verb: number): boolean {
  const { lower } = words[verb] as Word
  if (lower === 'claimed') return words.slice(0, verb).some((word) => deeds.test(word.lower))
  const isCharge = lower === 'accused' && words[verb + 1]?.text === 'of'
  return isCharge || !isOfPersons(lower) || isOfThing(words, verb)
}

/** What is claimed in words: islands and prizes are claimed too. */
const deeds =
  /^(?:responsibility|credit|it|that|attacks?|strikes?|killings?|ambush|bombings?|raids?|capture|seizure|assassination|shooting|victory|hits?|assaults?|kidnapping|downing|sinking)$/

/** The participle of saying that `by` belongs to; -1 if there is none. */
function participleBefore(words: Word[], by: number): number {
  for (let at = by - 1; at >= Math.max(0, by - 12); at--) {
    const word = words[at] as Word
    const next = words[at + 1]?.lower ?? ''
    if (withWord.get(word.lower)?.test(next)) return at
    if (isSaidParticiple(word.lower)) return reaches(words, at, by) ? at : -1
    if ((word.isMark && !/^[“”"«»\uE000-]/.test(word.text)) || word.lower === 'by' || isInfinitive(words, at)) return -1
  }
  return -1
}

/** `Told to leave` is an order, `confirmed to reporters` a statement. */
function isInfinitive(words: Word[], at: number): boolean {
  const next = words[at + 1]
  return (
    words[at]?.lower === 'to' &&
    !(next && (isSomebody(next.text) || determiners.has(next.lower) || isCapital(next) || /^\d/.test(next.text)))
  )
}

/** Participles that say something only together with the word behind them: `ruled out`, `called a lie`. */
const withWord = new Map<string, RegExp>([
  ...['turned', 'played'].map((word): [string, RegExp] => [word, /^down$/]),
  ...['brushed', 'waved', 'shrugged'].map((word): [string, RegExp] => [word, /^(?:off|aside|away)$/]),
  ['ruled', /^out$/],
  ['pointed', /^out$/],
  ['let', /^slip$/],
  ['spoken', /^/],
  ['put', /^(?:at|down)$/],
  ['called', /^(?:an?|the|off|into|“|"|\uE000.*)$/],
  ['estimated', /^at$/],
  ['blamed', /^(?:on|for)$/],
  ['attributed', /^to$/],
  ['pinned', /^on$/],
  ['accused', /^of$/],
  ['made', /^(?:public|known|clear|plain)$/],
  ['revised', /^(?:to|up|down|upwards?|downwards?)$/],
  ['raised', /^to$/],
  ['named', /^as$/],
])

/** Whether what stands between a participle and its `by` leaves them together: a time, a place, a listener or an `as`. */
function reaches(words: Word[], participle: number, by: number): boolean {
  const [first] = words.slice(participle + 1, by)
  if (!first || judging.test(words[participle]?.lower ?? '')) return true
  const isAdverb =
    times.has(first.lower) ||
    adverbs.has(first.lower) ||
    /ly$|^(?:as|down|off|aside|outright|out|late|early|earlier|last|this|again)$/.test(first.lower)
  return isAdverb || first.isMark || isPreposition(first)
}

/** Participles with a judgement behind them: `was declared safe by the mayor`. */
const judging = /^(?:declared|pronounced|branded|labell?ed|dubbed|described|dismissed|certified|deemed|considered)$/

/** Whether the subject of a passive is a thing: a raid is condemned for what it is, a country for what it did. */
function isOfThing(words: Word[], verb: number): boolean {
  const last = words.findLastIndex(({ lower }, i) => i < verb && /^(?:is|are|was|were|has|have|had)$/.test(lower))
  const from = words.findLastIndex(({ isMark }, i) => i < last && isMark) + 1
  const head = coreOf(words, { from, to: phraseEnd(words, from, last) }).at(-1)
  return head !== undefined && !isCapital(head) && !isSomebody(head.text)
}

/** Whether a form of `be` stands before a participle, and no negation. `, first reported by` needs none. */
function isPassive(words: Word[], verb: number): boolean {
  let at = verb - 1
  while (adverbs.has(words[at]?.lower ?? '') || /ly$/.test(words[at]?.lower ?? '')) at--
  const before = words[at]?.lower ?? ''
  if (/^(?:which|that|who)$/.test(words[at - 1]?.text ?? '')) return false
  if (before === ',') return words[verb]?.lower === 'reported'
  if (words[at - 2]?.text === ',' && /^an?$/.test(words[at - 1]?.text ?? '')) return true
  const isNegated = words.slice(Math.max(0, at - 2), verb).some(({ lower }) => /^(?:not|never|nor)$/.test(lower))
  return /^(?:was|were|been|is|are|being|as)$/.test(before) && !isNegated
}
