import { plural } from '../../platform/text/plural.ts'
import type { Choice } from './subscription.ts'

/** The sentence beside the button of the sign-up form: sending the form agrees to it. */
export const consentSentence =
  'Send me this by mail. I will confirm my address with a link, and I can unsubscribe with one click in any mail.'

/** The text that is stored as proof of consent: the sentence, and what was chosen with it. */
export function consentText(choice: Choice, sentence: string = consentSentence): string {
  return `${sentence} Chosen: ${describe(choice)}.`
}

function describe(choice: Choice): string {
  return [`${whenOf(choice)} on ${choice.topics.join(choice.allTopics ? ' and ' : ', ')}`, ...limitsOf(choice)].join(
    ', ',
  )
}

function whenOf({ cadence, at, zone, weekday, quiet, maxAlerts }: Choice): string {
  if (cadence === 'alert') {
    const hours = quiet ? ` outside ${quiet.from}-${quiet.to} ${zone}` : ''
    return `alerts${hours}, at most ${maxAlerts} a day,`
  }
  return `${cadence} digest at ${at} ${zone}${cadence === 'weekly' ? ` on weekday ${weekday}` : ''}`
}

/** What else the choice asks for, where it is not what everybody gets. */
function limitsOf({ feeds, places, languages, minScore, minutes, quietMail, cadence }: Choice): string[] {
  return [
    feeds.length > 0 && `from ${plural(feeds.length, 'feed')} (${feeds.join(', ')})`,
    places.length > 0 && `about ${places.join(', ')}`,
    languages.length > 0 && `in ${languages.join(', ')}`,
    minScore > 0 && `score of ${minScore} or more`,
    cadence === 'daily' && minutes !== 2 && (minutes === null ? 'of any length' : `of ${minutes} minutes`),
    quietMail && cadence !== 'alert' && 'also without news',
  ].filter((words) => words !== false)
}
