import type { App } from '../app.ts'
import type { AskedItem } from '../editions/store/steps-of-item.ts'
import { storedSuppressionKey } from './store/suppressions.ts'

/** Asks for the steps of an item as they are now. */
export async function askedItem(app: App, item: number): Promise<AskedItem> {
  return { item, now: app.now(), suppressionKey: await storedSuppressionKey(app.db) }
}
