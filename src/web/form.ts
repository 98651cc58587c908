import { HTTPException } from 'hono/http-exception'
import type { WebContext } from './context.ts'

/** A sent form: text by name, every text of one name for checkboxes, a file by name. NUL, which no text has, is dropped. */
export type Form = { text(name: string): string; all(name: string): string[]; file(name: string): File | undefined }

/** Reads a form in either encoding; one that cannot be read is answered with 400. */
export async function readForm(c: WebContext): Promise<Form> {
  const sent = await c.req.formData().catch(() => {
    throw new HTTPException(400, { message: 'This form could not be read.' })
  })
  const all = (name: string) =>
    sent.getAll(name).flatMap((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : []))
  const file = (name: string) => sent.getAll(name).find((value) => typeof value !== 'string')
  return { all, file, text: (name) => all(name)[0] ?? '' }
}

/** The first complaint of each field, by its name, as the page shows them. */
export function problemsByField(issues: readonly { path: PropertyKey[]; message: string }[]): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const issue of issues) problems[String(issue.path[0])] ??= issue.message
  return problems
}
