import type { App } from '../app.ts'

/** Where pages link what is said of privacy: the operator's own page, or ours. */
export const privacyOf = ({ config }: App): string => config.privacyUrl ?? '/privacy'
