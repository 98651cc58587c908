import type { Choice } from './subscription.ts'

/** The sentence beside the button of the sign-up form: sending the form agrees to it. */
export const consentSentence =
  'Send me this by mail. I will confirm my address with a link, and I can unsubscribe with one click in any mail.'

/** The text that is stored as proof of consent: the sentence, and what was chosen with it. */
export function consentText(choice: Choice, sentence: string = consentSentence): string {
  return `${sentence} Chosen: ${describe(choice)}.`
}

function describe({ cadence, topics, at, zone, minScore, quiet, maxAlerts }: Choice): string {
  const hours = quiet ? ` outside ${quiet.from}-${quiet.to} ${zone}` : ''
  const when =
    cadence === 'alert' ? `alerts${hours}, at most ${maxAlerts} a day,` : `${cadence} digest at ${at} ${zone}`
  const score = minScore > 0 ? `, score of ${minScore} or more` : ''
  return `${when} on ${topics.join(', ')}${score}`
}
