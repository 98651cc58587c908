/** A list marker at the head of a line: its length with the space after it, and its sign (`1.` for any number). */
export type Bullet = { length: number; sign: string; text: boolean }

/** The list marker that a line begins with, if any; `text` says whether words follow it. */
export function bulletOf(line: string): Bullet | null {
  const found = marked.exec(line) ?? numbered.exec(line) ?? wordCircle.exec(line)
  if (!found) return null
  const sign = /\d/.test(found[1] ?? '') ? '1.' : (found[1] ?? '')
  return { length: found[0].length, sign, text: line.length > found[0].length }
}

/** Where a line that is itself a bulleted item goes on to a next item: offsets of its further bullets. */
export function innerBullets(line: string, sign: string): number[] {
  if (!roundSigns.includes(sign)) return []
  return [...line.matchAll(/\s[•●▪◦‣⁃·]\s/gu)].filter((m) => m[0][1] === sign).map((m) => m.index + 1)
}

const roundSigns = ['•', '●', '▪', '◦', '‣', '⁃', '·']

/** Round, square and arrow bullets need no space after them; dashes and stars do, for they also begin words. */
const marked = /^\s*([•●▪▫◦‣⁃·■□◆○➢➤►▶✓✔\uF0B7\uF0A7\uF0D8]|[-*+‐‑–—](?=\s|$))\s*/u
const numbered = /^\s*(\(?\d{1,2}[.)])(?:\s+|$)/
/** Word writes second-level bullets as the letter o and a few spaces. */
const wordCircle = /^\s*(o)[\u00a0\t ]{2,}/
