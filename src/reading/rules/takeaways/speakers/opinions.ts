import { makerBehind, withoutPossessive } from './maker-of-paper.ts'
import { phraseEnd } from './noun-phrase.ts'
import { isCapital, type Word } from './sentence-words.ts'
import { adverbs, determiners } from './small-words.ts'
import { speakerAt } from './speaker-behind.ts'
import { speakerOf } from './speaker-name.ts'

/** The speaker whose view, count or telling a sentence gives: `in the view of the bank`, `by the army's own count`. */
export function speakerOfView(sentence: string, words: Word[], at: number): string | null {
  const from = at + 1
  const noun = words.findIndex(({ lower }, i) => i > at && i < at + 10 && views.test(lower))
  if (noun < 0 || words.slice(from, noun).some(({ isMark }) => isMark)) return null
  if (words[noun + 1]?.text === 'of') {
    const isTheView = words[from]?.text === 'the' && noun - from < 3
    return isTheView ? (speakerAt(sentence, words, noun + 2, 'anybody')?.name ?? null) : null
  }
  return ownerBefore(sentence, words, from, noun)
}

const views =
  /^(?:views?|words?|opinion|accounts?|telling|reckoning|count|estimates?|estimation|assessment|judge?ment|reading|eyes|version|phrase|admission|tally|calculations?|description|belief|interpretation|figures)$/

/** The one whose noun stands at `noun`: `the army's own count`. */
function ownerBefore(sentence: string, words: Word[], from: number, noun: number): string | null {
  const owner = words.findLastIndex(({ text }, i) => i >= from && i < noun && /(?:['’]s|s['’])$/.test(text))
  const isNear = owner >= 0 && noun - owner < 4 && !/^(?:his|her|their|its)$/.test(words[from]?.lower ?? '')
  const isPhrase = isNear && phraseEnd(words, from, owner + 1) === owner + 1
  const name = isPhrase ? speakerOf(sentence, words, { from, to: owner + 1 }, 'anybody') : null
  return name && withoutPossessive(name)
}

/** `As the mayor puts it`, `as drivers tell it`. */
export function speakerWhoPutsIt(sentence: string, words: Word[], as: number): string | null {
  const to = phraseEnd(words, as + 1)
  const [verb, it] = words.slice(to, to + 2)
  const isPut =
    /^(?:puts?|tells?|told|has|have|had|sees?|saw|describe[sd]?|phrase[sd])$/.test(verb?.text ?? '') &&
    it?.text === 'it'
  return isPut && to > as + 1 ? speakerOf(sentence, words, { from: as + 1, to }, 'anybody') : null
}

/** `If the union is to be believed`. */
export function speakerToBelieve(sentence: string, words: Word[], at: number): string | null {
  const to = phraseEnd(words, at + 1)
  const rest = words
    .slice(to, to + 4)
    .map(({ lower }) => lower)
    .join(' ')
  return /^(?:is|are) to be believed$/.test(rest) ? speakerOf(sentence, words, { from: at + 1, to }, 'anybody') : null
}

/** `To hear the herders tell it`. */
export function speakerToHear(sentence: string, words: Word[], at: number): string | null {
  const to = phraseEnd(words, at + 1)
  const isTold = words[at - 1]?.lower === 'to' && words[to]?.text === 'tell' && words[to + 1]?.text === 'it'
  return isTold ? speakerOf(sentence, words, { from: at + 1, to }, 'anybody') : null
}

/** `The mediator is adamant that`, `the mayor was in no doubt that`. */
export function speakerWhoIsSure(sentence: string, words: Word[], at: number): string | null {
  if (words[at + 1]?.text !== 'that') return null
  let end = at
  while (
    adverbs.has(words[end - 1]?.text ?? '') ||
    /^(?:in|no|of|the|quite|very|\p{Ll}{3,}ly)$/u.test(words[end - 1]?.text ?? '')
  )
    end--
  if (!/^(?:is|are|was|were|remains?|remained)$/.test(words[end - 1]?.text ?? '')) return null
  const from = clauseStart(words, end - 1)
  const isWhole = phraseEnd(words, from, end - 1) === end - 1
  return isWhole ? speakerOf(sentence, words, { from, to: end - 1 }) : null
}

function clauseStart(words: Word[], end: number): number {
  let from = end
  while (from > 0 && !words[from - 1]?.isMark && !/^(?:that|but|while)$/.test(words[from - 1]?.text ?? '')) from--
  return from
}

/** `The company's verdict is that`, `the message of the families was that`. */
export function speakerOfVerdict(sentence: string, words: Word[], at: number): string | null {
  const be = words.findIndex(({ text }, i) => i > at && i < at + 9 && /^(?:is|was|remains|has|comes?|came)$/.test(text))
  if (be < 0 || words.slice(at, be).some(({ isMark, text }) => isMark || text === 'that')) return null
  if (/^(?:comes?|came)$/.test(words[be]?.text ?? '')) return comesFrom(sentence, words, at, be)
  if (
    !/^(?:that|:)$/.test(words[be + 1]?.text ?? '') &&
    !/^been that$/.test(`${words[be + 1]?.text} ${words[be + 2]?.text}`)
  )
    return null
  const from = clauseStart(words, at)
  return ownerBefore(sentence, words, from, at) ?? makerBehind(sentence, words, at, be)
}

/** `Confirmation of the attack came from the mayor`: it stands at the start of its sentence. */
function comesFrom(sentence: string, words: Word[], at: number, verb: number): string | null {
  const isStart =
    at === 0 || (at < 4 && words.slice(0, at).every((word) => determiners.has(word.lower) || !isCapital(word)))
  return isStart && words[verb + 1]?.text === 'from'
    ? (speakerAt(sentence, words, verb + 2, 'known')?.name ?? null)
    : null
}
