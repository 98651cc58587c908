import type { Page } from '../passages/page.ts'
import type { TopicFinder } from '../topics/find-topics.ts'
import type { Lexicon } from './lexicon.ts'
import type { ListItem } from './list-item.ts'
import type { Statement } from './statement.ts'

/** A report with what its sentences, their weights and its topics are found by; `claim` is what its title claims. */
export type Report = Sentences & { claim: string; topics: TopicFinder }

export type Sentences = { page: Page; statements: Statement[]; lexicon: Lexicon; list: ListItem[] }

/** Chooses the sentences of a report without a list of its own. */
export type Choose = (report: Report) => Statement[]
