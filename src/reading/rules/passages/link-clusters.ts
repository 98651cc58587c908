import { type Block, type TextRun, textRun } from './block.ts'

/**
 * Keeps headline and outlet apart in a list of other publishers' headlines, which has a link and a name in each item and
 * no sign between them.
 */
export function separateOutlets(blocks: Block[]): Block[] {
  const outlets = blocks.map(outletAfterLink)
  return blocks.map((block, i) => {
    const outlet = outlets[i]
    if (!outlet || !(outlets[i - 1] || outlets[i + 1])) return block
    return { ...block, runs: [...block.runs.slice(0, outlet.index), textRun(` — ${outlet.name}`)] }
  })
}

/** The name of an outlet behind the only link of an item, after two blanks or in a style of its own. */
function outletAfterLink({ kind, runs }: Block): { index: number; name: string } | null {
  if (kind !== 'item' || runs.length > 6 || runs[0]?.link === null) return null
  const index = runs.findIndex(({ link }) => link === null)
  const rest = index < 0 ? [] : runs.slice(index)
  if (rest.length === 0 || rest.some(({ link }) => link !== null)) return null
  const text = rest.map((run: TextRun) => run.text).join('')
  const name = text.trim()
  const isName = name.length > 1 && name.length <= 50 && /^\p{Lu}/u.test(name) && !/[.!?:;]$/.test(name)
  return isName && /^\s{2}/.test(text) ? { index, name } : null
}
