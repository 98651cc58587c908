import { type DigestFacts, digestView, fitDigest } from './mail/digest-view.ts'
import { itemsIn, toldStories } from './mail/told-stories.ts'
import type { EditionDraft } from './publish.ts'

/** How a digest tells its stories, and its view: what of them fits into the mail is decided once for both. */
export function digestDraft(
  about: Omit<DigestFacts, 'slug' | 'brand'>,
): Pick<EditionDraft, 'template' | 'stories' | 'items' | 'view'> {
  const fitted = fitDigest(about)
  return {
    template: 'digest',
    stories: toldStories(fitted),
    items: itemsIn(about),
    view: (sender) => digestView({ ...about, ...sender }, fitted),
  }
}
