import { termsIn } from './terms.ts'

/** What finds the groups whose words some terms are; `groups` are names with the words of each, in any language. */
export function termGroups(groups: [name: string, words: string][]): (terms: Iterable<string>) => Set<string> {
  const groupOf = new Map(groups.flatMap(([name, words]) => termsIn(words).map((term) => [term, name] as const)))
  return (terms) => new Set([...terms].flatMap((term) => groupOf.get(term) ?? []))
}
