import { z } from 'zod'
import type { App } from '../app.ts'
import { type ItemCorrectionFacts, itemCorrectionView } from '../editions/mail/item-correction-view.ts'
import { freeze, mailingOf } from '../editions/publish.ts'
import { addSending } from '../editions/store/editions.ts'
import {
  findCorrection,
  hasDeliveries,
  itemToCorrect,
  saveCorrection,
  type ToldWording,
  toldWordings,
  wordingsOf,
} from '../editions/store/item-corrections.ts'
import {
  type CorrectionGroup,
  countUnderWay,
  createForGroup,
  forgetOwed,
  mailsOfGroup,
  noteOwed,
  previewCorrection,
  toldToGroup,
} from '../editions/store/readers-of-item.ts'
import { lockKnownItem } from '../editions/store/withheld-items.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { AudienceSample } from '../platform/db/audience-sample.ts'
import type { Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { personalFacts } from '../readers/personal-mail.ts'
import { storedSuppressionKey } from '../readers/store/suppressions.ts'

const noteProblem = 'Say what was wrong and what is right, in at most 2000 characters.'

/** What an admin writes to those who got an item. */
export const noteSchema = z
  .string(noteProblem)
  .transform((text) => text.replaceAll('\r\n', '\n').trim())
  .pipe(z.string().min(1, noteProblem).max(2_000, noteProblem))

/** `underWay`: so many mails with the item are not settled; their readers may get it and are not counted. `told`: what mails told of the item. */
export type CorrectionPlan = AudienceSample & { underWay: number; told: ToldWording[] }

/** What to correct: an item, or some takeaways of it, and the words of the admin. */
export type CorrectionRequest = { item: number; takeaways?: number[]; note: string }

/**
 * Who would be mailed a correction: those who got the item, or these takeaways of it, in a mail that was accepted or is unknown, get
 * mail now, and were not sent the same note yet.
 * @throws UserError when there is no such item or takeaway
 */
export async function planCorrection(
  app: App,
  { item, takeaways = [], note }: CorrectionRequest,
): Promise<CorrectionPlan> {
  await itemToCorrect(app.db, item)
  const wrong = { item, wordings: await wordingsOf(app.db, item, takeaways) }
  const correction = (await findCorrection(app.db, wrong, note)) ?? null
  const owed = { ...wrong, correction, suppressionKey: await storedSuppressionKey(app.db) }
  return {
    ...(await previewCorrection(app.db, owed)),
    underWay: await countUnderWay(app.db, wrong),
    told: await toldWordings(app.db, item),
  }
}

/**
 * Mails a correction to exactly those of `planCorrection`, through editions and the ledger: one edition for all who got the item in
 * the same mails. All of it is one transaction. The same note again goes only to those who have got the item in the meantime.
 * Returns how many deliveries were created.
 * @throws UserError when there is no such item or takeaway
 */
export async function sendCorrection(
  app: App,
  { item, takeaways = [], note, actor }: CorrectionRequest & { actor: string },
): Promise<number> {
  const key = await storedSuppressionKey(app.db)
  return app.db.transaction().execute(async (tx) => {
    await lockKnownItem(tx, item)
    const wordings = await wordingsOf(tx, item, takeaways)
    const known = await findCorrection(tx, { item, wordings }, note)
    const groups = await noteOwed(tx, { item, wordings, correction: known ?? null, suppressionKey: key })
    if (groups.length === 0) return 0
    const correction = known ?? (await saveCorrection(tx, { item_id: item, note, wordings, actor, at: app.now() }))
    const about = { item: await itemToCorrect(tx, item), wordings, note, correction, actor }
    let count = 0
    for (const group of groups) count += await mailGroup(app, tx, about, group)
    await forgetOwed(tx)
    const subject = `item:${item}`
    await recordAudit(app, tx, {
      actor,
      action: 'send correction',
      subject,
      reason: note,
      detail: { correction, count, ...(wordings.length > 0 && { takeaways: wordings }) },
    })
    return count
  })
}

type About = { item: ItemCorrectionFacts['item']; wordings: number[]; note: string; correction: number; actor: string }

async function mailGroup(
  app: App,
  tx: Tx,
  { item, wordings, note, correction, actor }: About,
  group: CorrectionGroup,
): Promise<number> {
  const told = (await toldToGroup(tx, group)).map((one) => ({ ...one, isWrong: wordings.includes(one.wording) }))
  const facts = { item, note, mails: mailsOfGroup(group), told, isWhole: wordings.length === 0 }
  const edition = await freeze(app, tx, {
    template: 'correction',
    civilDate: dateAt(app.now()),
    reason: note,
    facts: personalFacts('correction', { correction, ...group }),
    items: [item.id],
    correctionId: correction,
    view: (sender) => itemCorrectionView({ ...sender, ...facts }),
  })
  const again = await hasDeliveries(tx, edition.id)
  const sending = again ? await addSending(tx, edition.id, { reason: note, actor, at: app.now() }) : 0
  return createForGroup(tx, mailingOf(app, edition, sending), group)
}
