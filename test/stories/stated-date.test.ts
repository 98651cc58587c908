import { expect, test } from 'vitest'
import { statedDate } from '../../src/stories/rules/facts/stated-date.ts'

/** Friday, 20 November 2026. */
const published = '2026-11-20'

test.each<[string, string]>([
  ['Missiles hit Lira on 17 November.', '2026-11-17'],
  ['On November 3, 2025 the bridge fell.', '2025-11-03'],
  ['The dam broke on December 28.', '2025-12-28'],
  ['Missiles hit Lira on Tuesday.', '2026-11-17'],
  ['The strike on Friday killed two.', '2026-11-20'],
  ['LIRA, Nov 19 - Missiles hit the port on Wednesday, officials said.', '2026-11-18'],
  ['The army reported on November 19 that the port was hit on November 18.', '2026-11-18'],
  ['Missiles hit Lira overnight.', '2026-11-20'],
  ['Drones hit Lira overnight, the mayor said on Thursday.', '2026-11-19'],
  ['Drones hit Lira overnight Wednesday into Thursday.', '2026-11-19'],
  ['On the night of November 18 to 19 drones hit Lira.', '2026-11-19'],
  ['The mayor was seized yesterday.', '2026-11-19'],
  ['قصفت المسيّرات المحطة في ١٧ تشرين الثاني/نوفمبر.', '2026-11-17'],
  ['احترق المستودع يوم 20 أيلول (سبتمبر) 2025.', '2025-09-20'],
])('%s', (claim, date) => expect(statedDate(claim, published)).toBe(date))

test.each([
  'Missiles hit Lira.',
  'LIRA, Nov 19 - Missiles hit the port.',
  'Missiles hit Lira, the mayor said on Thursday.',
  'The army stated in a post on November 19 that missiles hit Lira.',
  'On Thursday the ministry said that the port is open.',
  'On Thursday, the ministry said that the port is open.',
  'The port has been shut since Monday.',
  'People have until 30 November to leave.',
  'Power is back after shelling cut a line on 14 November.',
  'Power is back after Wednesday’s attack.',
  'The port was shelled on November 14 and 15.',
  'The port was hit on Monday and the dam on Wednesday.',
  'Drones hit Lira on Wednesday night.',
  'Workers will walk out on Monday.',
  'نزح ألف شخص منذ 5 كانون الثاني/يناير.',
  'قال الحاكم الاثنين إن الجسر مغلق.',
])('no date: %s', (claim) => expect(statedDate(claim, published)).toBeNull())
