import { type Browser, chromium } from 'playwright-core'
import { pathOf } from './installed.ts'
import { suiteWith } from './suite-with.ts'

const program = pathOf('chromium')
export const hasChromium = program !== undefined

/** `describe`, left out where there is no Chromium; with CI set that fails instead. */
export const describeWithChromium = suiteWith('chromium')

/** The Chromium of this machine, without a window; root has no sandbox to start it in. */
export function launchChromium(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ ...(program && { executablePath: program }), args, headless: true })
}
