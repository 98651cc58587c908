import type { PlannedStory, StoryClaim } from './story.ts'

const maxWatch = 2

/** A sentence that says what is to come, with the claim in whose words or quotation it stands. */
export type Watch = { text: string; claim: StoryClaim }

/** At most two sentences, or `max`, of the stories' quotations that say what is to come; those of the heaviest stories first. */
export function watchOf(stories: Pick<PlannedStory, 'claims'>[], max = maxWatch): Watch[] {
  const found = stories.flatMap(({ claims }) =>
    claims.flatMap((claim) => sentencesAhead(claim).map((text) => ({ text, claim }))),
  )
  return [...new Map(found.map((each) => [each.text, each])).values()].slice(0, max)
}

function sentencesAhead({ evidence, text }: StoryClaim): string[] {
  const quote = evidence[0]?.quote ?? ''
  return quote
    .split(/(?<=[.!?]["”]?)\s+/)
    .filter((sentence) => ahead.test(sentence) && sentence !== text && sentence.length >= 40 && sentence.length <= 260)
}

const ahead =
  /\b(?:will (?:likely|probably|hold|meet|begin|vote|decide|discuss|consider|be (?:held|evacuated|moved))|plans? to|intends? to|is (?:due|expected|set|scheduled) to|are (?:due|expected|set|scheduled) to|next (?:week|month)|(?:later )?this week|tomorrow|in the coming (?:days|weeks)|deadline|until \d{1,2} \p{Lu})/u
