import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** A rule of axe-core that a page breaks, and the elements that break it as CSS selectors. */
export type Violation = { rule: string; impact: string; help: string; targets: string[] }

/** What axe-core looks at: all of a page, or only what its colours decide. */
export type Scope = 'all' | 'colours'

const { source } = createRequire(import.meta.url)('axe-core') as { source: string }

/** axe-core checks the size of targets (WCAG 2.2, 24 pixels) only when asked. */
const rulesOf: Record<Scope, object> = {
  all: { rules: { 'target-size': { enabled: true } } },
  colours: { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
}

/** Puts axe-core into an open page. It is no script of the page, so that the page's content policy stays as it is. */
export async function injectAxe(page: Page): Promise<void> {
  await page.evaluate(source)
}

/**
 * Runs axe-core in a page that has it. Frames are left out.
 * @throws when axe-core has no colours to compare, so that a page that could not be checked is no clean page
 */
export async function violationsOf(page: Page, scope: Scope): Promise<Violation[]> {
  const options = { iframes: false, preload: false, resultTypes: ['violations'], ...rulesOf[scope] }
  const { violations, passes } = await page.evaluate((asked) => {
    const { axe } = globalThis as unknown as { axe: { run(context: object, options: object): Promise<Found> } }
    return axe.run({ exclude: ['iframe'] }, asked)
  }, options)
  if (![...violations, ...passes].some(({ id }) => id === 'color-contrast'))
    throw new Error(`${page.url()} has no text.`)
  return violations.map(({ id, impact, help, nodes }) => ({
    ...{ rule: id, impact: impact ?? 'minor', help },
    targets: nodes.map(({ target }) => target.flat().join(' ')),
  }))
}

type Rule = { id: string; impact?: string; help: string; nodes: { target: (string | string[])[] }[] }
type Found = { violations: Rule[]; passes: Rule[] }
