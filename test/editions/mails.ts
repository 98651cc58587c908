import { join } from 'node:path'
import { alertView } from '../../src/editions/mail/alert-view.ts'
import { confirmationView, linkView } from '../../src/editions/mail/confirmation-view.ts'
import type { Correction } from '../../src/editions/mail/corrections.ts'
import type { MatchedTakeaway } from '../../src/editions/mail/dedupe.ts'
import { type AlreadyAlerted, digestView } from '../../src/editions/mail/digest-view.ts'
import type { DigestView } from '../../src/editions/mail/mail-view.ts'
import { createRenderer } from '../../src/editions/render.ts'
import { allTopics, closedAt, sender } from './matched-takeaways.ts'

export const templatesDir = join(import.meta.dirname, '..', '..', 'templates')
export const renderer = createRenderer({ templatesDir })

const schedule = { cadence: 'daily', localTime: '07:00' } as const

export function digestOf(
  takeaways: MatchedTakeaway[],
  earlier: AlreadyAlerted[] = [],
  corrections: Correction[] = [],
): DigestView {
  const day = { kind: 'daily', zone: 'Europe/Kyiv', closedAt, civilDate: '2026-11-23' } as const
  return digestView({ ...day, ...sender, topics: allTopics, takeaways, earlier, corrections, schedule })
}

export const renderDigest = (...content: Parameters<typeof digestOf>) => renderer.mail('digest', digestOf(...content))

export const renderAlert = (takeaways: MatchedTakeaway[], corrections: Correction[] = []) =>
  renderer.mail('alert', alertView({ ...sender, topics: allTopics, takeaways, corrections, closedAt }))

export const renderConfirmation = () =>
  renderer.mail(
    'confirmation',
    confirmationView({ ...sender, requested: [{ topics: allTopics, schedule, zone: 'Europe/Kyiv' }] }),
  )

export const renderLink = () => renderer.mail('link', linkView(sender))
