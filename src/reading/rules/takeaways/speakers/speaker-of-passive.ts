import { coreOf, isPreposition, phraseEnd } from './noun-phrase.ts'
import { isCapital, type Word } from './sentence-words.ts'
import { adverbs, determiners, times } from './small-words.ts'
import { speakerAt } from './speaker-behind.ts'
import { isSomebody } from './speaker-nouns.ts'
import { isOfPersons, isSaidParticiple } from './verbs-of-saying.ts'

/** The agent of a passive: `was confirmed by the mayor`, `was dismissed as “lies” by the army`. */
export function agentAt(sentence: string, words: Word[], at: number): string | null {
  const verb = participleBefore(words, at)
  if (verb < 1 || !isPassive(words, verb) || !isSaidOf(words, verb)) return agentWhoSaid(sentence, words, at)
  const trust = at === verb + 1 ? 'anybody' : 'known'
  return speakerAt(sentence, words, at + 1, trust, agentEnd(words, verb, at))?.name ?? null
}

/** Where the agent ends at the latest: `was blamed by the navy on a fault`, `attributed by the council to the price`. */
function agentEnd(words: Word[], verb: number, by: number): number | undefined {
  const link = links.get(words[verb]?.lower ?? '')
  const at = link ? words.findIndex(({ text, isMark }, i) => i > by && (isMark || text === link)) : -1
  return at < 0 ? undefined : at
}

/** The preposition that tells of what something is said, by participle. */
const links = new Map([
  ...['blamed', 'pinned'].map((word): [string, string] => [word, 'on']),
  ...['attributed', 'ascribed', 'reported', 'confirmed', 'disclosed', 'explained', 'revealed'].map(
    (word): [string, string] => [word, 'to'],
  ),
])

/** The agent of any passive of a thing who goes on to speak: `was dropped by the governor, who said that`. */
function agentWhoSaid(sentence: string, words: Word[], by: number): string | null {
  const verb = words[by - 1]
  if (!verb || !/^\p{Ll}+(?:ed|en|wn|ut|ght|off|down|back)$/u.test(verb.text)) return null
  const agent = speakerAt(sentence, words, by + 1, 'known')
  const [comma, who, says, next] = agent ? words.slice(agent.to, agent.to + 4) : []
  const isSaid =
    comma?.text === ',' &&
    /^(?:who|which)$/.test(who?.text ?? '') &&
    /^(?:said|says|told|warned|spoke|added|called|argued|insisted|complained)$/.test(says?.text ?? '') &&
    !/^(?:nothing|little|no|on|at|out)$/.test(next?.text ?? '')
  return agent && isSaid && isOfThing(words, by - 1) ? agent.name : null
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
    if (withWord.get(word.lower)?.test(next) || (at === by - 1 && isGiven(words, at))) return at
    if (isSaidParticiple(word.lower)) return reaches(words, at, by) ? at : -1
    if ((word.isMark && !/^[“”"«»\uE000-]/.test(word.text)) || word.lower === 'by' || isInfinitive(words, at)) return -1
  }
  return -1
}

/** Whether a figure or a paper is given out: `the toll was released by the ministry`. */
function isGiven(words: Word[], verb: number): boolean {
  if (!/^(?:given|released|published|provided|supplied|offered|withdrawn|retracted)$/.test(words[verb]?.lower ?? ''))
    return false
  return givenOut.test(headIn(words, 0, verb)?.lower ?? '')
}

const givenOut =
  /^(?:figures?|numbers?|tolls?|counts?|tally|estimates?|data|statistics|reasons?|cause|explanations?|accounts?|version|date|news|announcement|statements?|findings|assessment|forecast|warning|claims?|description|details)$/

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
  ['called', /^(?:an?|the|into|“|"|\uE000.*)$/],
  ['estimated', /^at$/],
  ['blamed', /^(?:on|for)$/],
  ['attributed', /^to$/],
  ['pinned', /^on$/],
  ['accused', /^of$/],
  ['made', /^(?:public|known|clear|plain)$/],
  ['revised', /^(?:to|up|down|upwards?|downwards?)$/],
  ['raised', /^to$/],
  ['named', /^as$/],
  ['given', /^as$/],
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
const judging =
  /^(?:declared|pronounced|branded|labell?ed|dubbed|described|dismissed|certified|deemed|considered|judged)$/

/** Whether the subject of a passive is a thing: a raid is condemned for what it is, a country for what it did. */
function isOfThing(words: Word[], verb: number): boolean {
  const last = words.findLastIndex(({ lower }, i) => i < verb && /^(?:is|are|was|were|has|have|had)$/.test(lower))
  const mark = words.findLastIndex(({ isMark }, i) => i < last && isMark) + 1
  const from = /^(?:is|was)$/.test(words[mark]?.text ?? '') && words[mark + 1]?.text === 'how' ? mark + 2 : mark
  return isThingIn(words, from, last)
}

/** Whether a form of `be` stands before a participle, and no negation. `, first reported by` needs none. */
function isPassive(words: Word[], verb: number): boolean {
  const at = beforeParticiples(words, verb)
  const before = words[at]?.lower ?? ''
  if (/^(?:which|that|who)$/.test(words[at - 1]?.text ?? '')) return false
  if (before === ',') return words[verb]?.lower === 'reported'
  if (words[at - 2]?.text === ',' && /^an?$/.test(words[at - 1]?.text ?? '')) return true
  const isNegated = words.slice(Math.max(0, at - 2), at + 2).some(({ lower }) => /^(?:not|never|nor)$/.test(lower))
  return /^(?:was|were|been|is|are|being|as)$/.test(before) && !isNegated
}

/** The word before a participle, its adverbs and another participle: `was neither confirmed nor denied`. */
function beforeParticiples(words: Word[], verb: number): number {
  const at = beforeAdverbs(words, verb - 1)
  const isJoined = /^(?:and|or|nor|but)$/.test(words[at]?.text ?? '') && /(?:ed|en)$/.test(words[at - 1]?.text ?? '')
  if (!isJoined) return at
  const first = beforeAdverbs(words, at - 2)
  return words[first]?.text === 'neither' ? first - 1 : first
}

function beforeAdverbs(words: Word[], from: number): number {
  let at = from
  while (adverbs.has(words[at]?.lower ?? '') || /ly$/.test(words[at]?.lower ?? '')) at--
  return at
}

/** Who tells something between commas or at the end: `The yard, described by the army as a depot, burnt down`. */
export function speakerBetweenCommas(sentence: string, words: Word[]): string | null {
  const by = words.findIndex(
    ({ text }, i) => text === 'by' && words[i - 2]?.text === ',' && tells.test(words[i - 1]?.text ?? ''),
  )
  const agent = by > 0 ? speakerAt(sentence, words, by + 1, 'known') : null
  const isTold = words[by - 1]?.text !== 'described' || words[agent?.to ?? 0]?.text === 'as'
  return agent && isTold && isThingIn(words, 0, by - 2) ? agent.name : null
}

const tells = /^(?:described|confirmed|corroborated|verified|disputed|denied)$/

/** The noun of the phrase that begins at `from`, before the word at `to`. */
const headIn = (words: Word[], from: number, to: number) =>
  coreOf(words, { from, to: phraseEnd(words, from, to) }).at(-1)

function isThingIn(words: Word[], from: number, to: number): boolean {
  const head = headIn(words, from, to)
  return head !== undefined && !isCapital(head) && !isSomebody(head.text)
}
