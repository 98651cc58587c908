/**
 * The name by which we greet mail servers (RFC 5321 4.1.4): the full name of our site's host, or an address literal. A name without
 * dots is none that a server can look up.
 */
export function ehloNameOf(publicUrl: string): string {
  const host = new URL(publicUrl).hostname
  if (host.startsWith('[')) return `[IPv6:${host.slice(1, -1)}]`
  if (/^\d+(?:\.\d+){3}$/.test(host)) return `[${host}]`
  return host.includes('.') ? host : '[127.0.0.1]'
}
