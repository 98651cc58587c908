import type { SendOutcome } from '../domain/delivery.ts'
import { composeMime, type Letter } from './mime.ts'
import { createSmtp } from './smtp.ts'

/** The one door for mail. `begin` is asked just before the mail leaves; false sends nothing and gives undefined. */
export type Outbox = {
  send(letter: Letter, begin: () => Promise<boolean>): Promise<SendOutcome | undefined>
  close(now?: boolean): void
}

/** Mail over a relay. The envelope sender is the bare address of `From`. */
export function smtpOutbox(smtpUrl: string, ehloName: string): Outbox {
  const smtp = createSmtp(smtpUrl, ehloName)
  return {
    async send(letter, begin) {
      const raw = await composeMime(letter)
      return smtp.send({ from: bareAddress(letter.from), to: letter.to, raw }, begin)
    },
    close: (now) => smtp.close(now),
  }
}

/** Mail that stays here: handed to `keep`, for the local mailbox of development. */
export function localOutbox(keep: (letter: Letter, raw: Buffer) => Promise<void>): Outbox {
  return {
    async send(letter, begin) {
      const raw = await composeMime(letter)
      if (!(await begin())) return undefined
      await keep(letter, raw)
      return { kind: 'accepted', reply: '250 kept in the local mailbox' }
    },
    close() {},
  }
}

/** `a@b` out of `Name <a@b>`. */
export function bareAddress(line: string): string {
  return /<([^<>]+)>/.exec(line)?.[1] ?? line
}
