import { isolated } from '../../platform/text/direction.ts'
import { shorten } from '../../platform/text/shorten.ts'
import { withArticle } from '../../platform/text/with-article.ts'

/** Who says something, as it stands in a line: a role with its article, at most `length` characters, isolated from the line. */
export const shownSpeaker = (name: string, length = 80): string => isolated(shorten(withArticle(name), length))
