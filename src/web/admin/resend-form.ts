import { addressSchema } from '../../domain/address.ts'
import { UsageError } from '../../domain/usage-error.ts'
import type { Form } from '../form.ts'

/** The form as it was filled in; `problem` is what is wrong with it. */
export type ResendForm = { who: string; email: string; reason: string; problem: string | null }
export type Who = { kind: 'failed' } | { kind: 'unknown' } | { kind: 'to'; email: string }

/** What was entered, to be shown again. */
export function enteredIn(form: Form): Omit<ResendForm, 'problem'> {
  return { who: form.text('who'), email: form.text('email'), reason: form.text('reason') }
}

/** @throws UsageError when nobody, or no one address, was chosen. */
export function whoIn(form: Form): Who {
  const who = form.text('who')
  if (who === 'failed' || who === 'unknown') return { kind: who }
  if (who !== 'to') throw new UsageError('Choose who shall get it again.')
  const parsed = addressSchema.safeParse(form.text('email'))
  if (!parsed.success) throw new UsageError('Give the one address that shall get it, such as name@example.org.')
  return { kind: 'to', email: parsed.data }
}

/** @throws UsageError without a reason. */
export function reasonIn(form: Form): string {
  const reason = form.text('reason').trim()
  if (!reason || reason.length > 500)
    throw new UsageError('Say why, in at most 500 characters: it stays in the audit log.')
  return reason
}
