/** Where a server was to listen, and the setting that names the port. */
type Place = { host: string; port: number; setting: string }

/** Why a server of ours could not listen, in one sentence that names the setting to change. */
export function cannotListen(server: string, error: NodeJS.ErrnoException, { host, port, setting }: Place): Error {
  return new Error(`${server} cannot listen on ${host}:${port}: ${whatToDo(error, setting)}.`, { cause: error })
}

function whatToDo({ code = '', message }: NodeJS.ErrnoException, setting: string): string {
  if (code === 'EADDRINUSE') return `another program uses it; set ${setting} to a free port`
  if (code === 'EACCES') return `this user may not use the port; set ${setting} to a port above 1023`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `this machine has no such address; set HOST to one of its addresses, such as 0.0.0.0`
  return `${message}; check HOST and ${setting}`
}
