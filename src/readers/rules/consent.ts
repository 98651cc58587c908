import type { Choice } from './subscription.ts'

/** The sentence beside the button of the form; who sends the form says it. */
export const consentSentence =
  'Send me this by mail. I confirm my address by a link, and can end it with one click in any mail.'

/** What is kept as proof: the sentence, and what was chosen with it. */
export function consentText(choice: Choice, sentence: string = consentSentence): string {
  return `${sentence} Chosen: ${describe(choice)}.`
}

function describe({ cadence, topics, at, zone, minScore }: Choice): string {
  const when = cadence === 'alert' ? 'alerts' : `${cadence} digest at ${at} ${zone}`
  const strength = minScore > 0 ? `, from strength ${minScore}` : ''
  return `${when} on ${topics.join(', ')}${strength}`
}
