/** True for the host name of a URL that always means this machine. */
export function isLoopbackName(hostname: string): boolean {
  return loopbackName.test(hostname)
}

const loopbackName = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
