import type { SketchWord } from './topic-words.ts'
import type { Lexicon, Meaning } from './word-meanings.ts'

/**
 * A word with the meanings that it has in a topic: those whose neighbourhood holds other words of the topic (Lesk 1986).
 * `isSure` is false for a guess. `link`: it stands next to a word of the topic's name in meaning, or
 * next to other words of the topic.
 */
export type UnderstoodWord = SketchWord & {
  meanings: Meaning[]
  isSure: boolean
  support: number
  link: 'name' | 'words' | null
}

const minSupport = 0.8

/** Chooses the meanings of the words of a topic. */
export function understood(words: SketchWord[], lexicon: Lexicon): UnderstoodWord[] {
  const weights = new Map(words.map((word) => [word.stem, word.isName ? 0 : weightOf(word)]))
  const chosen = words.map((word) => ({ ...word, ...meaningsOf(word, weights, lexicon) }))
  const named = chosen.filter(({ inName }) => inName)
  const besideName = new Set(named.flatMap(({ meanings }) => meanings.flatMap((each) => [...lexicon.neighbours(each)])))
  const names = named.map(({ stem }) => stem)
  return chosen.map((word) => {
    const around = word.meanings.map((each) => lexicon.neighbours(each))
    const link = besideName.has(word.stem) || names.some((name) => around.some((stems) => stems.has(name)))
    const near = link ? 'name' : word.support >= minSupport ? 'words' : null
    return { ...word, link: word.inName ? null : near }
  })
}

/** How much a word says of what the topic is about. */
const weightOf = ({ inName, inDescription, examples }: SketchWord): number =>
  (inName ? 1 : 0) + (inDescription ? 0.4 : 0) + Math.min(0.6, examples * 0.15)

function meaningsOf(
  { stem, isName, inName }: SketchWord,
  weights: Map<string, number>,
  lexicon: Lexicon,
): Pick<UnderstoodWord, 'meanings' | 'isSure' | 'support'> {
  if (isName) return { meanings: [], isSure: false, support: 0 }
  const all = lexicon.meaningsOfStem(stem)
  // A name says of what the topic is: its words are things before they are deeds.
  const things = inName ? all.filter(({ wordClass }) => wordClass === 'noun') : []
  const scored = (things.length > 0 ? things : all).map((meaning) => {
    const others = [...lexicon.neighbours(meaning)].filter((near) => near !== stem)
    return { meaning, support: others.reduce((sum, near) => sum + (weights.get(near) ?? 0), 0) }
  })
  const best = Math.max(0, ...scored.map(({ support }) => support))
  if (best > 0.1) {
    const near = scored.filter(({ support }) => support >= best * 0.6)
    return { meanings: near.map(({ meaning }) => meaning), isSure: true, support: best }
  }
  const first = scored.length === 1 ? scored[0]?.meaning : lexicon.firstMeaning(stem)
  return { meanings: first ? [first] : [], isSure: false, support: 0 }
}
