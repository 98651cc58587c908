import type { Span } from '../../../reading/rules/passages/page.ts'
import { attributionOf } from '../../../reading/rules/takeaways/attribution.ts'
import { sentencesOf } from '../../../reading/rules/takeaways/sentences.ts'
import type { Fact, Role } from './fact.ts'
import { type FactWord, factWordsIn } from './fact-words.ts'
import { countedAt } from './noun-phrase.ts'
import { type Quantity, quantitiesIn } from './quantities.ts'
import { type RoleFound, roleOfFigure } from './role-of-figure.ts'
import { isRomance, romanceFactsIn } from './romance-facts.ts'
import { isSlavic, slavicFactsIn } from './slavic-facts.ts'
import { speakersIn } from './speaker-of-fact.ts'
import type { Thing } from './things.ts'

/** The most characters of a text that are read. */
const maxLength = 2_000

/**
 * The figures of a claim or a sentence whose role is certain, in the order of the text. `speaker` is who says a figure
 * where the text names nobody.
 */
export function factsIn(text: string, speaker: string | null = null): Fact[] {
  const read = text.length > maxLength ? text.slice(0, maxLength) : text
  if (isSlavic(read)) return factsBySentence(read, speaker, slavicFactsIn)
  if (isRomance(read)) return factsBySentence(read, speaker, romanceFactsIn)
  const quantities = quantitiesIn(read)
  if (quantities.length === 0) return []
  const sentences = sentencesOf(read)
  // Whom another sentence names does not speak in this one for certain.
  const otherwise =
    speaker && sentences.length > 1 && read.toLowerCase().includes(speaker.toLowerCase()) ? null : speaker
  const facts = sentences.flatMap(({ start, end }) => {
    const within = quantities.filter((quantity) => quantity.start >= start && quantity.end <= end)
    return within.length > 0 ? factsOfSentence(read, { start, end }, within, otherwise) : []
  })
  return eachOnce(facts)
}

/** The facts of each sentence; who is named at its end or its beginning speaks for all its figures. */
function factsBySentence(text: string, speaker: string | null, factsOf: typeof slavicFactsIn): Fact[] {
  const facts = sentencesOf(text).flatMap(({ start, end }) => {
    const sentence = text.slice(start, end)
    const spoken = attributionOf(sentence) ?? speaker
    return factsOf(sentence, spoken).map((fact) => ({
      ...fact,
      start: start + fact.start,
      end: start + fact.end,
    }))
  })
  return eachOnce(facts)
}

/** A title and the sentence behind it often tell the same figure. */
const eachOnce = (facts: Fact[]): Fact[] =>
  facts.filter((fact, at) => facts.findIndex((other) => isSame(fact, other)) === at)

function isSame(a: Fact, b: Fact): boolean {
  return a.role === b.role && a.low === b.low && a.high === b.high && a.unit === b.unit && a.speaker === b.speaker
}

function factsOfSentence(text: string, sentence: Span, quantities: Quantity[], speaker: string | null): Fact[] {
  const words = factWordsIn(text, sentence.start, sentence.end, quantities)
  const speakerAt = speakersIn(text.slice(sentence.start, sentence.end), speaker)
  const facts: Fact[] = []
  let known: Thing | null = null
  for (const [at, { quantity }] of words.entries()) {
    if (!quantity) continue
    const counted = countedAt(words, at)
    const found = roleOfFigure(words, at, counted, known)
    known = (found?.counted ?? counted).thing ?? known
    if (found) facts.push(factOf(text, words, quantity, found, speakerAt(quantity.start - sentence.start)))
  }
  return facts
}

/** Roles that do not tell what was counted: their value holds the noun, as in `over 7 million homes`. */
const withNoun = new Set<Role>([
  'without power',
  'without water',
  'reconnected',
  'share',
  'damaged',
  'destroyed',
  'people',
  'deliveries',
  'produced',
  'used',
  'remaining',
])

function factOf(
  text: string,
  words: FactWord[],
  quantity: Quantity,
  { role, counted }: RoleFound,
  speaker: string | null,
): Fact {
  const { start, low, high, bound, isShare } = quantity
  const last = words[counted.end - 1]
  const isPronoun = counted.isOf && counted.noun === '' && !isShare
  const end = withNoun.has(role) && !isPronoun && last && last.start > start ? last.end : quantity.end
  const unit = isShare ? 'share' : (counted.thing?.unit ?? null)
  return { role, value: text.slice(start, end), low, high, bound, unit, speaker, start, end }
}
