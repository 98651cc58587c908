import { withoutTags } from '../platform/text/html-to-text.ts'
import { openFallbacks } from './fallbacks.ts'
import { withoutLayoutTables } from './layout-tables.ts'
import { type WriteOptions, writeAllowed } from './write-allowed.ts'

/**
 * Keeps only the markup of prose. Scripts, styles, forms, frames and images (so tracking pixels too) are removed, and
 * all attributes but those of footnotes, tables and what reading needs. Links are resolved against `base` and stay when
 * they lead to http, https or mailto; their click parameters are removed.
 */
export function sanitiseHtml(html: string, base?: string | null): string {
  const opened = openFallbacks(html)
  const clean = withoutLayoutTables(sanitised(opened, { base }))
  if (!mayHide.test(opened)) return clean
  const whole = withoutLayoutTables(sanitised(opened, { base, keepHidden: true }))
  return textLength(whole) - textLength(clean) > Math.max(textLength(clean), maxHidden) ? whole : clean
}

/** The same, but null where no words are left. */
export function cleanHtml(html: string, base?: string | null): string | null {
  const clean = sanitiseHtml(html, base)
  return isBlank.test(clean) ? null : clean
}

/** Markup and white space alone, also of zero width. */
const isBlank = /^(?:<[^<>]*>|[\s\u00AD\u200B-\u200F\u2060]|\u034F)*$/

/** Hidden parts are dropped, such as a preview text; but not a whole report that a page would unfold. */
const maxHidden = 500
const mayHide = /display\s*:\s*none|\shidden[\s=>]/i
const textLength = (html: string) => withoutTags(html).length

/** Where elements would stand nested that may not, the result is parsed once more: then they stand side by side. */
function sanitised(html: string, options: WriteOptions): string {
  const { html: written, isNested } = writeAllowed(html, options)
  const clean = written.trim()
  return isNested ? writeAllowed(clean, options).html : clean
}
