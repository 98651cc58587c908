import { markStart, type TaskStart } from '../../threads/processor-time.ts'
import { parseMail } from '../smtp/parse-mail.ts'
import { type ReadMail, readMail } from './read-report.ts'

/** The bytes of a mail to the bounce listener. */
export type ReportTask = { raw: Uint8Array }

/** Reads one mail in a thread of its own: anybody may send it, and it delays no mail that goes out. */
export default async function runTask(task: ReportTask & TaskStart): Promise<ReadMail> {
  markStart(task)
  return readMail(await parseMail(Buffer.from(task.raw.buffer, task.raw.byteOffset, task.raw.byteLength)))
}
