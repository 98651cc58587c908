import { HTTPException } from 'hono/http-exception'
import type { WebContext } from './context.ts'

/** Reads the body of a webhook call as text, in UTF-8. It throws the answer for a body that is too large or too slow. */
export type ReadHookBody = (c: WebContext) => Promise<string>

/**
 * All sizes in bytes: of one body, of all bodies that this webhook reads at a time, and of those of one network among them. `maxMs` is
 * for the whole body.
 */
export type HookLimits = { maxBytes: number; maxSharedBytes: number; maxNetworkBytes: number; maxMs: number }

/** A bounce report may have the headers of a whole mail. The senders of reports repeat a call that gets 503. */
const usualLimits: HookLimits = {
  maxBytes: 1_000_000,
  maxSharedBytes: 16_000_000,
  maxNetworkBytes: 4_000_000,
  maxMs: 20_000,
}

/**
 * Creates the reader of one webhook. Most callers prove who they are inside of the body, so that a stranger's body is read too:
 * the bytes of all of them together have a limit, and those of one network a smaller one. Each webhook has a reader of its own, so
 * that strangers at one leave room at the others.
 * @param networkOf the network of a caller; undefined for a caller who has proved who it is
 */
export function createHookReader(
  networkOf: (c: WebContext) => string | undefined,
  { maxBytes, maxSharedBytes, maxNetworkBytes, maxMs } = usualLimits,
): ReadHookBody {
  const account = createAccount({ maxSharedBytes, maxNetworkBytes })
  return async (c) => {
    if (Number(c.req.header('content-length') ?? 0) > maxBytes) throw tooLarge()
    const network = networkOf(c)
    const pieces: Uint8Array[] = []
    let size = 0
    const latest = performance.now() + maxMs
    try {
      for await (const piece of piecesOf(c, maxMs)) {
        size += piece.byteLength
        const isOver = account.add(network, piece.byteLength)
        if (size > maxBytes) throw tooLarge()
        if (isOver) throw busy()
        if (performance.now() > latest) throw tooSlow()
        pieces.push(piece)
      }
      return Buffer.concat(pieces).toString('utf8')
    } finally {
      account.add(network, -size)
    }
  }
}

/** Counts the bytes that are held, of all bodies and of each network; `add` says whether one of both is over its limit. */
function createAccount({ maxSharedBytes, maxNetworkBytes }: Pick<HookLimits, 'maxSharedBytes' | 'maxNetworkBytes'>) {
  const ofNetworks = new Map<string, number>()
  let ofAll = 0
  return {
    add(network: string | undefined, bytes: number): boolean {
      ofAll += bytes
      if (network === undefined) return ofAll > maxSharedBytes
      const ofNetwork = (ofNetworks.get(network) ?? 0) + bytes
      if (ofNetwork > 0) ofNetworks.set(network, ofNetwork)
      else ofNetworks.delete(network)
      return ofAll > maxSharedBytes || ofNetwork > maxNetworkBytes
    },
  }
}

/** The pieces of a body. A sender that is silent for `maxMs` has not sent the rest. */
async function* piecesOf(c: WebContext, maxMs: number): AsyncGenerator<Uint8Array> {
  const reader = c.req.raw.body?.getReader()
  if (!reader) return
  try {
    for (;;) {
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(tooSlow()), maxMs)
      const { done, value } = await Promise.race([reader.read(), late.promise]).finally(() => clearTimeout(timer))
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => {}) // the rest of a refused body
  }
}

const refused = (status: 408 | 413 | 503, message: string, headers: Record<string, string> = {}) =>
  new HTTPException(status, { res: new Response(`${message}\n`, { status, headers }) })
const tooLarge = () => refused(413, 'This report is too large.')
const tooSlow = () => refused(408, 'This report came too slowly.')
const busy = () => refused(503, 'Too many reports come at once; try again later.', { 'Retry-After': '60' })
