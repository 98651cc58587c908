/** How a Romance language tells who speaks, as patterns. */
export type SpeechPatterns = {
  /** Finds the phrase behind `according to`, its first group. */
  source: RegExp
  /** Finds the phrase behind a verb of saying: `…, said the mayor`. */
  behind: RegExp
  /** Finds the clause before a verb of saying: `The mayor said that …`. */
  before: RegExp
  /** Begins a clause whose first words are a time, a place or another clause. */
  opening: RegExp
  /** Parts of a phrase that do not belong to the name: a time, a medium. */
  cuts: RegExp
  /** A paper or a count before the one who made it: `a report by`. */
  paper: RegExp
  /** Names no speaker. */
  not: RegExp
  /** A finite verb: the phrase is no name. */
  finite: RegExp
  /** Nouns of people and bodies that speak. */
  speakers: RegExp
  /** An article in front of a name, and one that begins a sentence. */
  article: RegExp
}

/** The speaker that a sentence names; null if none is named for certain. */
export function romanceSpeaker(sentence: string, patterns: SpeechPatterns): string | null {
  const source = patterns.source.exec(sentence)
  if (source) return nameOf(source[1], patterns)
  const behind = patterns.behind.exec(sentence)?.[1]
  const before = patterns.before.exec(sentence)?.[1]
  return nameOf(behind, patterns) ?? subjectOf(before, patterns)
}

/** The subject before the verb: the clause behind a leading time or place, or a name before its description. */
function subjectOf(clause: string | undefined, patterns: SpeechPatterns): string | null {
  const parts = (clause ?? '').split(/, */)
  const [first = '', ...rest] = parts
  if (!patterns.opening.test(first)) return parts.length < 3 || rest.length > 1 ? nameOf(first, patterns) : null
  return parts.length === 2 ? nameOf(rest[0], patterns) : null
}

const maxWords = 10

/** The phrase as a name, up to a time or a place; null if it holds no name, office or body. */
function nameOf(phrase: string | undefined, patterns: SpeechPatterns): string | null {
  const whole = withArticle((phrase ?? '').trim().replace(patterns.paper, ''))
  const plain = (whole.split(patterns.cuts)[0] ?? '').replace(/ ?\.$/, '').trim()
  if (plain === '' || plain.split(' ').length > maxWords || patterns.not.test(plain)) return null
  if (patterns.finite.test(plain)) return null
  const bare = plain.replace(patterns.article, '')
  const hasArticle = bare !== plain
  if (/^\p{Lu}/u.test(bare)) return bare
  if (!patterns.speakers.test(plain)) return null
  return hasArticle || /^\p{Lu}/u.test(plain) ? withSmallLetter(plain) : plain
}

/** `du` and `del` hold an article of their own. */
const withArticle = (phrase: string): string => phrase.replace(/^du /, 'le ').replace(/^del /, 'el ')

const withSmallLetter = (phrase: string): string => `${phrase[0]?.toLowerCase() ?? ''}${phrase.slice(1)}`
