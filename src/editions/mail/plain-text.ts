const columns = 76

/**
 * The text part of a mail, laid out: lines of at most 76 columns broken between words, what follows a number, a dash or
 * a `>` keeps its indent, at most one empty line in a row. An address longer than a line stays whole.
 */
export function layOut(text: string): string {
  const lines = text.split(/\r?\n/).flatMap((line) => wrap(line.trimEnd()))
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}

/** What stands before the words of a line: indent, and a mark that only its first line bears; `>` is borne by all. */
const lead = /^(\s*)(> |- |\d{1,3}\. )?/

function wrap(line: string): string[] {
  if (line.length <= columns) return [line]
  const [before, indent = '', mark = ''] = lead.exec(line)!
  const hanging = indent + (mark === '> ' ? mark : ' '.repeat(mark.length))
  const lines = [before]
  let empty = true
  for (const word of line.slice(before.length).split(' ')) {
    const last = lines.at(-1)!
    if (!empty && last.length + 1 + word.length > columns) lines.push(hanging + word)
    else lines[lines.length - 1] = empty ? last + word : `${last} ${word}`
    empty = false
  }
  return lines
}
