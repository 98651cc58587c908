/** The result of one check. `say` is one line that names what was found and, where it is not ok, what to do. */
export type Check = { what: string; kind: 'ok' | 'warning' | 'failure'; say: string }

/** A result of a check whose name is still to be added. */
export type CheckResult = Omit<Check, 'what'>

export const ok = (say: string): CheckResult => ({ kind: 'ok', say })
export const warning = (say: string): CheckResult => ({ kind: 'warning', say })
export const failure = (say: string): CheckResult => ({ kind: 'failure', say })
