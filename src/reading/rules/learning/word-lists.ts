import type { UnderstoodWord } from './chosen-meanings.ts'
import { stemOf } from './content-words.ts'
import { areKin, isFree, relatedWords } from './related-words.ts'
import { isAnchor, type RoleTerms, roleOf, type WordRole, weights } from './roles.ts'
import type { Lexicon } from './word-meanings.ts'

/** A list of a learned rule: the words of the sketch, and those that follow from them. */
export type WordList = { name: string; role: WordRole; given: string[]; added: string[]; words: UnderstoodWord[] }

/** A list holds no more added words than this, those nearest in meaning. */
const maxAdded = 40

/** Sorts words into lists by what they are to the topic and by what they mean, those of the subject first. */
export function wordLists(words: UnderstoodWord[], counterStems: ReadonlySet<string>, terms: RoleTerms): WordList[] {
  const { lexicon, stream, named } = terms
  const topicStems = new Set(words.map(({ stem }) => stem))
  const taken = new Set([...topicStems, ...counterStems])
  const names = new Set<string>()
  return [...rolesIn(words, terms)].flatMap(([role, same]) =>
    kinGroups(same, lexicon).map((group): WordList => {
      const added = group.flatMap((word) => [...relatedWords(word, isAnchor(role), topicStems, lexicon)])
      const free = added.filter((lemma) => {
        const isNew = isFree(lemma, taken) && !(isAnchor(role) && stream.isOfOtherNews(stemOf(lemma), named))
        if (isNew) taken.add(stemOf(lemma))
        return isNew
      })
      const name = freeName(group[0]!.word, names)
      return { name, role, given: group.map(({ word }) => word), added: free.slice(0, maxAdded), words: group }
    }),
  )
}

function rolesIn(words: UnderstoodWord[], terms: RoleTerms): Map<WordRole, UnderstoodWord[]> {
  const byRole = Map.groupBy(words, (word) => roleOf(word, terms))
  const order = Object.keys(weights) as WordRole[]
  return new Map(order.flatMap((role) => (byRole.has(role) ? [[role, byRole.get(role)!] as const] : [])))
}

/** Words of a kin stand together; each word joins the first group that has kin of it. */
function kinGroups(words: UnderstoodWord[], lexicon: Lexicon): UnderstoodWord[][] {
  const groups: UnderstoodWord[][] = []
  for (const word of words) {
    const group = groups.find((others) => others.some((o) => areKin(o, word, lexicon) || areKin(word, o, lexicon)))
    if (group) group.push(word)
    else groups.push([word])
  }
  return groups
}

/** The name of a list consists of small letters, digits and hyphens, and begins with a letter. */
function freeName(word: string, names: Set<string>): string {
  const plain = word.replace(/[^a-z0-9]+/g, '').replace(/^[^a-z]+/, '') || 'words'
  const name = names.has(plain) ? `${plain}-${names.size}` : plain
  names.add(name)
  return name
}
