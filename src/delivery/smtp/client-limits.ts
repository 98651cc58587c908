import type { Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { limitedSource } from '../../readers/rules/sign-up-limits.ts'

/** Who a session is with. */
type Peer = { remoteAddress?: string | undefined; remotePort?: number | undefined }

/** Bounds what one network takes of a mail server: connections, and time without a mail. */
export type ClientLimits = {
  /** False for a connection too many of its network: it gets 421 and is closed. */
  admit(socket: Socket): boolean
  /** Gives a session time until its next progress: it named a recipient of ours, or its mail was answered. */
  progress(peer: Peer): void
  /** A mail comes: only the time of the whole connection counts. */
  mailBegins(peer: Peer): void
}

/** Connections of one IPv4 address or IPv6 network (/48). */
const maxOfNetwork = 4
/**
 * Connections of one address of this machine or of a private network. Such a client relays for many: a mail server, or a proxy that
 * forwards the port.
 */
const maxOfNeighbour = 20
/** A connection may last for so long, however fast it talks. */
const connectionMs = 5 * 60_000

/** `idleMs`: a session without progress ends after so many milliseconds. A command such as NOOP is no progress. */
export function createClientLimits(idleMs: number): ClientLimits {
  const connections = new Map<string, number>()
  const clients = new Map<string, Client>()
  return {
    admit(socket) {
      const source = limitedSource(socket.remoteAddress ?? '')
      const count = connections.get(source) ?? 0
      if (count >= (isNeighbour(socket.remoteAddress) ? maxOfNeighbour : maxOfNetwork)) return refuse(socket)
      connections.set(source, count + 1)
      const [key, client] = [keyOf(socket), createClient(socket, idleMs)]
      clients.set(key, client)
      socket.once('close', () => {
        client.end()
        clients.delete(key)
        const rest = connections.get(source)! - 1
        if (rest) connections.set(source, rest)
        else connections.delete(source)
      })
      return true
    },
    progress: (peer) => clients.get(keyOf(peer))?.idle(true),
    mailBegins: (peer) => clients.get(keyOf(peer))?.idle(false),
  }
}

type Client = { idle(isIdle: boolean): void; end(): void }

/** The times of one connection. */
function createClient(socket: Socket, idleMs: number): Client {
  const close = () => socket.destroy()
  const whole = setTimeout(close, connectionMs).unref()
  let silence = setTimeout(close, idleMs).unref()
  return {
    idle(isIdle) {
      clearTimeout(silence)
      if (isIdle) silence = setTimeout(close, idleMs).unref()
    },
    end() {
      clearTimeout(whole)
      clearTimeout(silence)
    },
  }
}

function refuse(socket: Socket): false {
  socket.on('error', () => {}) // the client went away first
  socket.end('421 4.7.0 too many connections from your network\r\n', () => socket.destroy())
  setTimeout(() => socket.destroy(), 1_000).unref()
  return false
}

const nearRanges = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal'])
const isNeighbour = (address = ''): boolean =>
  ipaddr.isValid(address) && nearRanges.has(ipaddr.process(address).range())

/** One spelling of an address and its port: the library shortens addresses in its own way. */
function keyOf({ remoteAddress = '', remotePort }: Peer): string {
  return `${ipaddr.isValid(remoteAddress) ? ipaddr.process(remoteAddress) : remoteAddress} ${remotePort}`
}
