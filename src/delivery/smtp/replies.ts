/** A reply of a mail server: its code and its text, lines joined. */
export type Reply = { code: number; text: string }

/** Reads a server's replies in order. */
export type Replies = {
  read(chunk: Buffer): void
  /** The next reply. @throws when the connection has closed */
  next(): Promise<Reply>
  /** True when the server has said something that no command asked for, such as good-bye. */
  hasUnexpected(): boolean
  /** The connection has closed: every call that waits for a reply rejects. */
  fail(): void
}

/** PostgreSQL takes no NUL, and a terminal obeys the others. Line breaks and tabs stay. */
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g

const maxReplyBytes = 64 * 1024
const maxUnread = 8

/** Takes bytes as they arrive; `onProtocolError` is called when they cannot be SMTP (RFC 5321 4.2). */
export function createReplies(onProtocolError: () => void): Replies {
  const unread: Reply[] = []
  const waiting: { resolve(reply: Reply): void; reject(error: Error): void }[] = []
  let rest = ''
  let failed = false

  function add(reply: Reply): void {
    const first = waiting.shift()
    if (first) first.resolve(reply)
    else unread.push(reply)
  }

  return {
    read(chunk) {
      rest += chunk.toString('latin1')
      for (let end = endOfReply(rest); end > 0; end = endOfReply(rest)) {
        const text = rest.slice(0, end).replace(controls, ' ').trim()
        rest = rest.slice(end)
        const code = Number(text.slice(0, 3))
        if (!(code >= 200 && code < 600)) return onProtocolError()
        add({ code, text: text.includes('\n') ? joined(text) : text })
      }
      if (rest.length > maxReplyBytes || unread.length > maxUnread) onProtocolError()
    },
    next() {
      const reply = unread.shift()
      if (reply) return Promise.resolve(reply)
      if (failed) return Promise.reject(closed())
      const { promise, resolve, reject } = Promise.withResolvers<Reply>()
      waiting.push({ resolve, reject })
      return promise
    },
    hasUnexpected: () => unread.length > 0,
    fail() {
      failed = true
      for (const { reject } of waiting.splice(0)) reject(closed())
    },
  }
}

const closed = () => new Error('the connection closed in the middle of a message')

/** Where the first whole reply ends: after a line whose code is not followed by a hyphen. 0 when it is not complete. */
function endOfReply(text: string): number {
  let start = 0
  for (;;) {
    const end = text.indexOf('\n', start)
    if (end < 0) return 0
    if (text[start + 3] !== '-') return end + 1
    start = end + 1
  }
}

/** `550-5.1.1 No such\r\n550 5.1.1 user` as one line. */
function joined(text: string): string {
  const lines = text.split(/\r?\n/)
  return lines.map((line, n) => (n ? line.slice(4) : line.replace('-', ' '))).join(' ')
}
