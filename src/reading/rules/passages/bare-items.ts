import { isNote } from '../takeaways/list-item.ts'
import { listNameKind } from '../takeaways/list-names.ts'
import { bulletOf, isHeadLine } from './bullets.ts'

/**
 * The lines right under a list's name that are its items although no bullet marks them: two or more lines on end, of
 * which each is a sentence. The lines of one wrapped paragraph are none, because most of them end within a sentence.
 */
export function bareItems(lines: string[]): Set<number> {
  const items = new Set<number>()
  for (const [i, line] of lines.entries()) {
    if (line.length > maxNameLength || line === '') continue
    const first = lines[i + 1]?.trim() === '' ? i + 2 : i + 1
    if (!startsSentence(lines[first] ?? '') || listNameKind(nameOf(line)) === null) continue
    const run = runOfSentences(lines, first)
    if (run.length > 1) for (const item of run) items.add(item)
  }
  return items
}

const maxNameLength = 90
const maxItems = 40

/** A name without the signs of Markdown around it. */
const nameOf = (line: string) => line.replace(/^[#*_\s]{1,9}|[*_\s]{1,9}$/g, '')

/** The lines on end that begin as sentences do, and mostly end so; none where they are no sentences. */
function runOfSentences(lines: string[], from: number): number[] {
  const run: number[] = []
  for (let i = from; i < lines.length && run.length <= maxItems; i++) {
    const line = lines[i] ?? ''
    if (line.trim() === '' || (run.length > 1 && endsList(line))) break
    if (!startsSentence(line)) return []
    run.push(i)
  }
  const unended = run.filter((i) => !endsSentence(lines[i] ?? '')).length
  return run.length <= maxItems && unended <= run.length * maxUnended ? run : []
}

/** Whether a line is a note on the report, or the head of what follows: no sentence, and too short for an item. */
const endsList = (line: string) => isNote(line) || (isHeadLine(line) && line.trim().split(/\s+/, 5).length <= 4)

/** The share of items that may lack a full stop. */
const maxUnended = 0.3

const startsSentence = (line: string) => /^\s*["“«(]?[\p{Lu}\p{Lo}\d]/u.test(line) && bulletOf(line) === null
const endsSentence = (line: string) =>
  line.length <= 500 && /[.!?…]["”’»)\]]*(?:\[\d{1,3}\])*\s*$/u.test(line.slice(-40))
