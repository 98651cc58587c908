import type { App } from '../app.ts'
import { formatUtc } from '../platform/text/format-instant.ts'
import type { FormOutcome } from '../readers/subscribe.ts'
import type { WebContext } from './context.ts'
import { hasMailbox } from './mailbox.ts'
import { page } from './page.ts'

/**
 * Answers a form that asks for a mail. `text` holds for every address. What is added depends only on who asked for it before, and on
 * how many people sign up now. `isEntered`: the form has a field for the address.
 */
export function showCheckMail(
  c: WebContext,
  app: App,
  { earlier, withinMinutes }: Extract<FormOutcome, { kind: 'received' }>,
  text: string,
  isEntered = true,
): Promise<Response> {
  return page(c, app, 'check-mail', {
    title: 'Check your mail',
    ...{ text, isEntered },
    earlier: earlier ? { at: formatUtc(earlier.at), againFrom: formatUtc(earlier.againFrom) } : null,
    withinMinutes: withinMinutes ?? null,
    mailbox: hasMailbox(app.config),
  })
}

/** The sentences of a form whose network is over its limits. */
export const busyUntil = (until: Temporal.Instant): string =>
  `Too many requests came from your network, so we sent no mail. You can ask again from ${formatUtc(until)} on.`

/** `Retry-After` (RFC 9110 10.2.3), in seconds. */
export function sayRetryAfter(c: WebContext, app: App, until: Temporal.Instant): void {
  c.header('Retry-After', String(Math.max(1, Math.ceil(until.since(app.now()).total('seconds')))))
}
