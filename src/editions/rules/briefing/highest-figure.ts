import type { Fact } from '../../../stories/rules/facts/fact.ts'

export const deadRoles: ReadonlySet<Fact['role']> = new Set(['killed', 'missing'])
export const launchedRoles: ReadonlySet<Fact['role']> = new Set(['launched', 'drones launched'])
export const cutOffRoles: ReadonlySet<Fact['role']> = new Set(['without power', 'without water', 'displaced', 'moved'])

/** Whether a figure tells how many died or how large something is. */
export const isOutcome = ({ role }: Fact): boolean =>
  deadRoles.has(role) || launchedRoles.has(role) || cutOffRoles.has(role)

/** A figure that is larger by less than this share is the same one. */
export const sameShare = 0.1

/** The highest figure of a role among those that were told; 0 without one. */
export const highestFigure = (told: Fact[], role: Fact['role']): number =>
  Math.max(0, ...told.filter((fact) => fact.role === role).map(({ high }) => high))
