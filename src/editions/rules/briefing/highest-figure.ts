import type { Fact } from '../../../stories/rules/facts/fact.ts'

/** A figure that is larger by less than this share is the same one. */
export const sameShare = 0.1

/** The highest figure of a role among those that were told; 0 without one. */
export const highestFigure = (told: Fact[], role: Fact['role']): number =>
  Math.max(0, ...told.filter((fact) => fact.role === role).map(({ high }) => high))
