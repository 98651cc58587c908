import type { WebContext } from './context.ts'

/**
 * The address of whoever asks. X-Forwarded-For counts only behind a proxy that we were told to trust, and then only
 * its last entry: that one was written by the proxy, the others by anybody.
 */
export function clientAddress(c: WebContext, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded || c.env?.incoming?.socket.remoteAddress || 'unknown'
}

/** True for a request made on this machine, to this machine by name: not through a proxy, not by DNS rebinding. */
export function isLocal(c: WebContext): boolean {
  const proxied = c.req.header('x-forwarded-for') ?? c.req.header('forwarded')
  const address = c.env?.incoming?.socket.remoteAddress ?? ''
  return proxied === undefined && loopbackAddress.test(address) && loopbackName.test(new URL(c.req.url).hostname)
}

const loopbackAddress = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/
const loopbackName = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
