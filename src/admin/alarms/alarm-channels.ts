import type { App } from '../../app.ts'
import { mayGetMail, sendPlainMail } from '../../delivery/plain-mail.ts'
import { formatUtc } from '../../platform/text/format-instant.ts'
import { type ListedAdmin, listAdmins } from '../store/admins.ts'
import type { NotedAlarm } from '../store/alarms.ts'

/** Alarms to tell: those that were raised, and those that are over. */
export type ToldAlarms = { raised: NotedAlarm[]; over: NotedAlarm[] }

/** A way to the admins; its name is stored and logged, and has no address. `tell` rejects when it cannot be used now. */
export type AlarmChannel = { name: string; tell(alarms: ToldAlarms): Promise<void> }

/** The ways to the admins: a mail to each of them, and ALERT_WEBHOOK where it is set. */
export async function channelsOf(app: App): Promise<AlarmChannel[]> {
  const { alertWebhook: url } = app.config
  const admins = await listAdmins(app.db, app.now())
  const mails = admins.filter(({ email }) => canGetMail(app, email)).map((admin) => byMail(app, admin))
  return url ? [...mails, toWebhook(app, url)] : mails
}

/** The placeholder for ADMIN_EMAIL is no address (RFC 2606): it has mails in the local mailbox alone. */
const canGetMail = (app: App, email: string): boolean =>
  mayGetMail(app, email) && (app.config.smtpUrls.length === 0 || !email.endsWith('.invalid'))

const byMail = (app: App, { id, email: to }: ListedAdmin): AlarmChannel => ({
  name: `admin:${id}`,
  tell: (alarms) => sendPlainMail(app, app.alarmMail, { to, subject: subjectOf(alarms), text: textOf(app, alarms) }),
})

const webhookMs = 10_000

/** A JSON object: `text` is what chat services show; the rest is for programs. */
const toWebhook = (app: App, url: string): AlarmChannel => ({
  name: 'webhook',
  async tell({ raised, over }) {
    const facts = (state: string) => (alarm: NotedAlarm) => ({
      state,
      key: alarm.key,
      type: alarm.type,
      text: alarm.text,
      url: urlOf(app, alarm),
      raisedAt: alarm.raised_at.toString(),
    })
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        text: `${subjectOf({ raised, over })}\n\n${textOf(app, { raised, over })}`,
        alarms: [...raised.map(facts('raised')), ...over.map(facts('over'))],
      }),
      signal: AbortSignal.timeout(webhookMs),
    })
    await answer.body?.cancel()
    if (!answer.ok) throw new Error(`ALERT_WEBHOOK answered ${answer.status}`)
  },
})

const maxTypes = 3

function subjectOf({ raised, over }: ToldAlarms): string {
  const types = (alarms: NotedAlarm[]) => {
    const all = [...new Set(alarms.map(({ type }) => type))]
    const more = all.length - maxTypes
    return `${all.slice(0, maxTypes).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  }
  const parts = [raised.length && `alarm: ${types(raised)}`, over.length && `over: ${types(over)}`]
  return `Sitrep ${parts.filter(Boolean).join('; ')}`
}

/** What happened and what to do, in plain text. */
function textOf(app: App, { raised, over }: ToldAlarms): string {
  const lines = [
    ...raised.flatMap((alarm) => [
      `${alarm.type}: ${alarm.text}`,
      `Since ${formatUtc(alarm.raised_at)}. See ${urlOf(app, alarm)}`,
      '',
    ]),
    ...over.flatMap((alarm) => [
      `Over: ${alarm.type}. It was: ${alarm.text}`,
      `Last seen ${formatUtc(alarm.seen_at)}.`,
      '',
    ]),
    `You get this as an admin of ${app.config.publicUrl}: once for each alarm, and once when it is over.`,
  ]
  return `${lines.join('\r\n')}\r\n`
}

const urlOf = ({ config: { publicUrl } }: App, { href }: NotedAlarm): string => `${publicUrl}${href ?? '/admin'}`
