import { itemsIn, toldInWeek } from './mail/told-stories.ts'
import { fitWeekly, type WeeklyFacts, weeklyView } from './mail/weekly-view.ts'
import type { EditionDraft } from './publish.ts'

/** How a weekly digest tells its stories, and its view: its threads are planned once for both. */
export function weeklyDraft(
  about: Omit<WeeklyFacts, 'slug' | 'brand'>,
): Pick<EditionDraft, 'template' | 'stories' | 'items' | 'view'> {
  const fitted = fitWeekly(about)
  return {
    template: 'weekly',
    stories: toldInWeek(fitted),
    items: itemsIn({ ...about, claims: [...about.claims, ...about.before] }),
    view: (sender) => weeklyView({ ...about, ...sender }, fitted),
  }
}
