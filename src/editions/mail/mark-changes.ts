import { escapeHtml } from '../../platform/text/escape-html.ts'

/** A claim as it was mailed, and what its report says now. */
export type ChangedTakeaway = {
  text: string
  title: string
  titleNow: string
  at: Temporal.Instant
  url: string | null
  /** Whether the claim still stands there in the same words. */
  stands: boolean
}

/** The web copy of an edition with a note on top of what its sources changed since; as it was when nothing did. */
export function withChangesNoted(html: string, changes: ChangedTakeaway[]): string {
  if (!changes.length) return html
  const lines = changes.map((change) => `<li>${sentence(change)}</li>`).join('')
  const note = `<div role="note" style="max-width:600px;margin:16px auto;padding:12px 16px;border:1px solid #8a5a00;background:#fff6e0;color:#3d2a00;font:15px/1.5 sans-serif"><strong>Changed since this was mailed</strong><ul style="margin:8px 0 0;padding-left:20px">${lines}</ul></div>`
  return html.replace(/<body[^>]*>/i, (body) => body + note)
}

function sentence({ text, title, titleNow, at, stands, url }: ChangedTakeaway): string {
  const when = at.toString().slice(0, 10)
  const report = url
    ? `<a href="${escapeHtml(url)}" style="color:#3d2a00">${escapeHtml(titleNow)}</a>`
    : escapeHtml(titleNow)
  const renamed = title === titleNow ? '' : `the report “${escapeHtml(title)}” is now called ${report}`
  const reworded = stands ? '' : `“${escapeHtml(text)}” no longer stands so in ${renamed ? 'it' : report}`
  return `${when}: ${[renamed, reworded].filter(Boolean).join(', and ')}.`
}
