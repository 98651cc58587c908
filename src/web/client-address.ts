import { isIP } from 'node:net'
import type { Config } from '../config.ts'
import { isLoopbackName } from '../platform/loopback.ts'
import type { WebContext } from './context.ts'

/**
 * The address of the client. X-Forwarded-For counts only behind a trusted proxy, and then only its last entry: the proxy
 * wrote that one, and anybody can write the others. An entry that is no address counts as none, so that nobody is limited
 * under a name of their own choice.
 */
export function clientAddress(c: WebContext, trustProxy: boolean): string {
  const forwarded = trustProxy ? forwardedAddress(c.req.header('x-forwarded-for')) : undefined
  return forwarded ?? peerOf(c) ?? 'unknown'
}

/** The address in the last entry, without the port that some proxies add: `203.0.113.9:4711`, `[2001:db8::1]:4711`. */
function forwardedAddress(header: string | undefined): string | undefined {
  const entry = header?.split(',').at(-1)?.trim() ?? ''
  const { v6, v4, bare } = addressWithPort.exec(entry)?.groups ?? {}
  const address = v6 ?? v4 ?? bare ?? ''
  return isIP(address) ? address : undefined
}

const addressWithPort = /^(?:\[(?<v6>[^\]]{2,45})\](?::\d{1,5})?|(?<v4>[\d.]{7,15}):\d{1,5}|(?<bare>[\da-f.:]{2,45}))$/i

/** True for a request from this machine to this machine by name: not through a proxy, not by DNS rebinding. */
export function isLocal(c: WebContext, { publicUrl, trustProxy }: Pick<Config, 'publicUrl' | 'trustProxy'>): boolean {
  if (trustProxy || Object.keys(c.req.header()).some((name) => proxyHeader.test(name))) return false
  // A proxy on this machine may add no header and change the host name: then the links to our site name another host.
  const names = [c.req.url, publicUrl].map((url) => new URL(url).hostname)
  return loopbackAddress.test(peerOf(c) ?? '') && names.every(isLoopbackName)
}

/**
 * What proxies add to a request (RFC 7239, RFC 9110 7.6.3), and the names before and beside them: each proxy and cloud has its own,
 * so that the kinds of names count.
 */
const proxyHeader =
  /^(?:via|x-scheme|x-url-scheme|front-end-https|.*forwarded.*|.*(?:client|real|connecting|remote|user|source|peer)-?(?:ip|addr).*|x-envoy-.*|x-arr-.*|cf-.*|cdn-.*|fly-.*|fastly-.*|x-amzn?-.*|x-azure-.*|x-cluster-.*|x-original-.*)$/i

function peerOf(c: WebContext): string | undefined {
  return c.env?.incoming?.socket.remoteAddress
}

const loopbackAddress = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/
