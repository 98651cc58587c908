import { inviteAdmin } from '../../src/admin/sign-in.ts'
import type { App } from '../../src/app.ts'
import { createWeb, type WebOptions } from '../../src/web/server.ts'

/** How a request is sent: its headers, and the address of the client. */
export type Sent = { headers?: Record<string, string>; from?: string }
type Fields = Record<string, string | number | string[]>

/** The pages of an app, asked without a socket. */
export type Pages = {
  get(path: string, sent?: Sent): Promise<Response>
  /** Sends a form as a browser would from our own page. */
  post(path: string, fields: Fields, sent?: Sent): Promise<Response>
  /** Sends exactly this, with no header added. */
  send(path: string, init: RequestInit): Promise<Response>
  /** Signs an admin in: with these headers a request is the admin's. */
  signIn(): Promise<{ headers: { cookie: string } }>
}

export function pagesOf(app: App, options: WebOptions = {}): Pages {
  const web = createWeb(app, options)
  const send = async (path: string, init: RequestInit, from = '127.0.0.1'): Promise<Response> =>
    web.request(path, init, { incoming: { socket: { remoteAddress: from } } } as never)
  const post: Pages['post'] = (path, fields, { headers, from } = {}) =>
    send(path, { method: 'POST', body: formOf(fields), headers: { 'sec-fetch-site': 'same-origin', ...headers } }, from)
  return {
    get: (path, { headers, from } = {}) => send(path, headers ? { headers } : {}, from),
    post,
    send: (path, init) => send(path, init),
    async signIn() {
      const link = new URL(await inviteAdmin(app, 'admin@example.org', 'cli'))
      const answer = await post(link.pathname, {})
      const [cookie = ''] = answer.headers.get('set-cookie')?.split(';') ?? []
      return { headers: { cookie } }
    },
  }
}

export function formOf(fields: Fields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  )
}
