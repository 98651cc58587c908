/** In a sentence, why no connection to the database was made; undefined for every other error. */
export function connectionProblem(error: unknown): string | undefined {
  const { code = '', message } = error as NodeJS.ErrnoException
  const reason = message || code
  if (refusedLogin.has(code) || isLoginError.test(message)) {
    return `The database refuses this user or password (${reason}). Check DATABASE_URL.`
  }
  if (code === missingDatabase) return `The database server has no such database (${reason}). Check DATABASE_URL.`
  if (unreachable.has(code) || isTimeout.test(message)) {
    return `The database does not answer (${reason}). Check DATABASE_URL.`
  }
  return undefined
}

/** PostgreSQL's invalid_authorization_specification and invalid_password. */
const refusedLogin = new Set(['28000', '28P01'])
/** The driver's own error, such as for a URL without a password. */
const isLoginError = /^SASL: /
/** PostgreSQL's invalid_catalog_name. */
const missingDatabase = '3D000'
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
const isTimeout = /^(?:timeout exceeded when trying to connect|Connection terminated)/
