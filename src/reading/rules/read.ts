import { type Language, languageOfTag, primaryOfTag } from './languages/language.ts'
import { forgetTexts } from './once-per-text.ts'
import { type Page, withTitle } from './passages/page.ts'
import { passagesOf } from './passages/split-passages.ts'
import { placeFinder } from './places-of-claim.ts'
import { speakerOfClaim } from './takeaways/attribution.ts'
import { maxShortSentences, proseOf, tellingOf } from './takeaways/chosen-items.ts'
import { claimsOf } from './takeaways/claims.ts'
import { lexiconOf } from './takeaways/lexicon.ts'
import { hasNewerToll, withoutOldTolls } from './takeaways/live-entries.ts'
import { opinionAuthor } from './takeaways/opinion-author.ts'
import { rankStatements } from './takeaways/rank.ts'
import type { Choose, Report, Sentences } from './takeaways/report.ts'
import { statedList } from './takeaways/stated-list.ts'
import { type Statement, statementsBelowTitle, statementsOf } from './takeaways/statement.ts'
import { isAnsweredTeaser, isNamedAndQuoted, isToldIn, storyOnTopic, titleClaim } from './takeaways/title-claim.ts'
import { isUnnamedSpeaker } from './takeaways/unnamed-speaker.ts'
import { tokensOf } from './tokens.ts'
import { joinTopics, type TopicFinder, topicFinder } from './topics/find-topics.ts'
import type { Passage, Reading, Source, Takeaway, TopicMatch, TopicRule } from './types.ts'

/**
 * Reads a report for people. Its takeaways are those of the publisher's own list, else what the title claims and 3 to 7
 * chosen sentences in the order of the text, and up to 2 on topics that these leave out. Topics are found by the rules of the
 * source's `language`, English if it has none. Never throws, whatever the text.
 */
export function read(source: Source, rules: TopicRule[]): Reading {
  return readWith(source, rules, (report) =>
    ranked(report, shownSentences(report.statements.length)).sort((a, b) => a.index - b.index),
  )
}

/** Reads a report as `read` does, but chooses up to 15 sentences and gives them in the order of their rank. */
export function readRanked(source: Source, rules: TopicRule[]): Reading {
  return readWith(source, rules, (report) => ranked(report, 15))
}

function readWith(source: Source, rules: TopicRule[], choose: Choose): Reading {
  forgetTexts()
  const title = source.title ?? ''
  const language = languageOfTag(source.language) ?? 'en'
  const ofTitle = (text: string) => topicsOfTitle(text, rules, language)
  const { claim, ...sentences } = withTitleClaim(sentencesIn(passagesOf(source)), title, ofTitle)
  const { page } = sentences
  const topics = topicFinder(rules, { text: page.text, language }, sentences.statements)
  const author = opinionAuthor(title, source.url ?? '')
  const placesOf = placeFinder({ title, text: page.text, passages: page.parts })
  const takeaways = claimsOf({ ...sentences, claim, topics }, choose).map(({ told, ...takeaway }, i) => ({
    ...takeaway,
    ordinal: i + 1,
    attribution: speakerIn(takeaway.text, `${title}\n${page.text}`, author),
    places: placesOf(takeaway),
  }))
  return {
    language: primaryOfTag(source.language) ?? 'en',
    text: page.text,
    passages: page.parts.map(passageOf),
    takeaways,
    topics: itemTopics(page, topics, takeaways, ofTitle(title)),
  }
}

/** Whose words a claim gives, else the author of an opinion; nobody where the report does not name the one who speaks. */
function speakerIn(claim: string, report: string, author: string | null): string | null {
  const speaker = speakerOfClaim(claim)
  if (speaker === null) return author
  return isUnnamedSpeaker(speaker, report) ? null : speaker
}

function sentencesIn(page: Page): Sentences {
  const statements = withoutOldTolls(statementsOf(page), page)
  const lexicon = lexiconOf(statements)
  return { page, statements, lexicon, list: statedList(page, statements, lexicon) }
}

/** The topics of a title. */
type TopicsOf = (title: string) => TopicMatch[]

/** What a report without a list of its own claims in its title becomes its first passage, unless the body says it. */
function withTitleClaim(body: Sentences, title: string, topicsOf: TopicsOf): Sentences & { claim: string } {
  const { page, statements, list } = body
  if (list.length > 0) return { ...body, claim: '' }
  const isShort = proseOf(body).length <= maxShortSentences
  const claim = storyOnTopic(titleClaim(title, isShort) ?? '', (story) => topicsOf(story).length > 0)
  if (claim === '' || isToldIn(claim, body, isShort)) return { ...body, claim }
  if (isNamedAndQuoted(claim, tellingOf(body), page.text)) return { ...body, claim: '' }
  if (isShort && isAnsweredTeaser(claim, tellingOf(body), page.text) && topicsOf(claim).length === 0)
    return { ...body, claim: '' }
  if (hasNewerToll(claim, statements, page)) return { ...body, claim: '' }
  const titled = withTitle(page, claim)
  const below = statementsBelowTitle(titled, statements)
  return { page: titled, statements: below, lexicon: lexiconOf(below), list: [], claim }
}

function ranked({ statements, lexicon, page, claim, topics }: Report, limit: number): Statement[] {
  const onTopic = (statement: Statement) => topics.within([statement], 'passage').length > 0
  return rankStatements(statements, lexicon, { text: page.text, claim, onTopic }, limit)
}

/** How many chosen sentences are shown: 3 of a report of up to 16 sentences, 7 of one of 38 or more. */
function shownSentences(statementCount: number): number {
  return Math.min(7, 3 + Math.max(0, Math.floor((statementCount - 10) / 7)))
}

/** The topics of an item are those of its takeaways and title; where these have none, those of its single passages. */
function itemTopics(page: Page, topics: TopicFinder, takeaways: Takeaway[], ofTitle: TopicMatch[]): TopicMatch[] {
  const found = joinTopics([...takeaways.flatMap((takeaway) => takeaway.topics), ...ofTitle])
  if (found.length > 0) return found
  const passages = page.parts.filter(({ kind }) => kind !== 'notes' && kind !== 'title')
  return joinTopics(passages.flatMap((part) => topics.within([part], 'passage')))
}

function topicsOfTitle(title: string, rules: TopicRule[], language: Language): TopicMatch[] {
  const ofTitle = topicFinder(rules, { text: title, language }, [{ tokens: tokensOf(title) }])
  return ofTitle.within([{ start: 0, end: title.length }], 'title')
}

function passageOf({ n, kind, level, start, end, references }: Passage): Passage {
  return { n, kind, level, start, end, references }
}
