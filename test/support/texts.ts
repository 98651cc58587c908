import { pathOf } from './installed.ts'
import { suiteWith } from './suite-with.ts'

/** `describe` for tests that read real reports, left out where SITREP_TEXTS names no folder of them. */
export const describeWithTexts = suiteWith('texts')

/** The folder of real reports. */
export const textsFolder = (): string => pathOf('texts')!
