import { addressSchema } from '../../../platform/address.ts'
import { UserError } from '../../../platform/user-error.ts'
import type { Form } from '../../form.ts'

/** The form as it was filled in; `problem` is what is wrong with it. */
export type ResendForm = { who: string; email: string; reason: string; problem: string | null }
export type Who = { kind: 'failed' } | { kind: 'unknown'; email?: string | undefined } | { kind: 'to'; email: string }

/** What was entered, to be shown again. */
export function enteredIn(form: Form): Omit<ResendForm, 'problem'> {
  return { who: form.text('who'), email: form.text('email'), reason: form.text('reason') }
}

/** @throws UsageError when nobody, or no one address, was chosen. */
export function whoIn(form: Form): Who {
  const who = form.text('who')
  if (who === 'failed' || who === 'unknown') return { kind: who }
  if (who === 'listed') return { kind: 'unknown', email: form.text('email') ? addressIn(form) : undefined }
  if (who !== 'to') throw new UserError('Choose the readers who get this edition again.')
  return { kind: 'to', email: addressIn(form) }
}

/** The fields by which a form says the same again. */
export function fieldsOf(who: Who): { who: string; email: string } {
  if (who.kind === 'unknown' && who.email) return { who: 'listed', email: who.email }
  return { who: who.kind, email: who.kind === 'to' ? who.email : '' }
}

function addressIn(form: Form): string {
  const parsed = addressSchema.safeParse(form.text('email'))
  if (!parsed.success) throw new UserError('Enter one address, such as name@example.org.')
  return parsed.data
}

/** @throws UsageError without a reason. */
export function reasonIn(form: Form): string {
  const reason = form.text('reason').trim()
  if (!reason || reason.length > 500)
    throw new UserError('Give a reason of at most 500 characters. It is kept in the audit log.')
  return reason
}
