import type { EditionKind } from '../platform/db/tables/editions.ts'

/** What people call a kind of edition. */
export function kindName(kind: EditionKind): string {
  return names[kind]
}

const names: Record<EditionKind, string> = {
  confirmation: 'Confirmation',
  link: 'Preferences link',
  welcome: 'Welcome digest',
  daily: 'Daily digest',
  weekly: 'Weekly digest',
  alert: 'Alert',
}
