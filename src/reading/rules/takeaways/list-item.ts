import type { PagePart } from '../passages/page.ts'

/** One entry of a list: the passages that make it up, nested ones with their parent. */
export type ListItem = { parts: PagePart[]; start: number; end: number }

/** A list longer than this is a register, not the claims of a report. */
export const mostListItems = 40

/** The entries from one passage on, sibling lists included, up to the first other passage, picture or rule. */
export function listItemsFrom(parts: PagePart[], from: number): ListItem[] {
  const entries: ListItem[] = []
  for (let i = from; i < parts.length; i++) {
    const part = parts[i]
    if (part?.kind !== 'item' || (part.gap && i > from)) break
    const last = entries.at(-1)
    if (last && last.parts[0]?.item === part.item) {
      last.parts.push(part)
      last.end = part.end
    } else entries.push({ parts: [part], start: part.start, end: part.end })
  }
  return entries
}
