import { type Block, textOf } from './block.ts'

/**
 * Whether a block belongs to the page around a report: share links, sign-up boxes, cookie notices, map links, menus.
 */
export function isBoilerplate(block: Block): boolean {
  const raw = textOf(block.runs)
  if (!/[\p{L}\p{N}]/u.test(raw)) return true
  if (block.kind === 'notes' || raw.length > 1_200) return false
  const text = raw.replace(/\s+/g, ' ').trim()
  if (text.length > 600) return false
  return (
    (keyword.test(text) && anywhere.some((pattern) => pattern.test(text))) ||
    atStart.some((pattern) => pattern.test(text)) ||
    isMenuEntry(block, text)
  )
}

/** Whether a block is a short line that is a link as a whole, and no sentence. */
function isMenuEntry(block: Block, text: string): boolean {
  if (block.kind === 'heading' || text.length > 60 || /[.!?]["”’)]*$/.test(text)) return false
  return block.runs.every((run) => run.link !== null || run.mark || !/[\p{L}\p{N}]/u.test(run.text))
}

/** Patterns at the start of a block, or of the whole of a short one. */
const atStart = [
  /^(?:please )?(?:click|tap) ?(?:here|below|on the)/i,
  /^(?:for more (?:information|details) on|to (?:see|view|read|access|download)|view|see|read|download|explore) (?:.{0,120}? )?(?:click|please view|interactive map|full (?:report|article|text|pdf)|pdf|here ?\.?$)/i,
  /^(?:read more|continue reading|learn more|see also|related|more on this|back to top|print|skip to|next up|reading now)\b.{0,120}$/i,
  /^(?:share|tweet|follow|like|e-?mail|find|join) (?:this|us|on|via|our)\b.{0,120}$/i,
  /^(?:all rights reserved|©|\(c\) ?\d{4}|copyright\b)/i,
  /^(?:please make sure all|please enable javascript|your browser does not)/i,
  /^(?:advertisement|sponsored|loading|search|menu|home|login|log in|comments?)\s*:?$/i,
]

/** A word of each pattern of `anywhere`: most blocks hold none and need no further test. */
const keyword = /sign up|subscri|register|newsletter|inbox|mailing list|cookie|possible notifications|text selection/i

const anywhere = [
  /\b(?:sign up|subscribe|register) (?:here|now|today|to|for)\b.{0,160}$/i,
  /\b(?:newsletter|inbox|mailing list)\b.{0,80}(?:subscribe|sign up|unsubscribe)/i,
  /\bcookies?\b.{0,120}\b(?:accept|consent|policy|settings|use|browser|website|site)\b/i,
  /\b(?:this (?:web)?site|we) uses? cookies\b/i,
  /\bof \d+ possible notifications\b|make a text selection to\b/i,
]
