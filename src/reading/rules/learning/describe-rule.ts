import { plural } from '../../../platform/text/plural.ts'
import type { LearnedRule } from './learn-rule.ts'
import type { SelfTest } from './leave-one-out.ts'
import { isAnchor, type WordRole } from './roles.ts'
import type { TopicSketch } from './topic-sketch.ts'
import type { WordList } from './word-lists.ts'

const roleWords: Record<WordRole, string> = {
  sure: 'gives the topic alone',
  subject: 'a word of the name',
  linked: 'next to the name in meaning',
  doubtful: 'a counter-example has it in another sense',
  akin: 'next to other words of the topic in meaning',
  beside: '',
  faint: 'says little',
}
const maxShown = 12

/** What was learned, in lines that people read. */
export function describeRule(sketch: TopicSketch, { lists, rule, threshold }: LearnedRule): string[] {
  const { examples, counterExamples } = sketch
  const anchors = lists.filter(({ role }) => isAnchor(role))
  const others = lists.filter(({ role }) => !isAnchor(role))
  const from = `${plural(examples.length, 'example')} and ${plural(counterExamples.length, 'counter-example')}`
  return [
    `${sketch.name}: learned from ${from}.`,
    `A takeaway is on the topic when its score reaches ${threshold}: a word of the subject, and something beside it.`,
    'Words of the subject, which count anywhere:',
    ...anchors.map(listLine),
    ...(others.length > 0 ? ['Words that count only near one of these:', ...others.map(listLine)] : []),
    ...(rule.exclusions.length > 0 ? [`Phrases that mean something else: ${shown(rule.exclusions as string[])}.`] : []),
    ...(rule.none.length > 0
      ? ['A counter-example is about ordinary life: sentences on museums, novels and the like are left out.']
      : []),
  ]
}

function listLine({ name, role, given, added }: WordList): string {
  const about = roleWords[role] && ` (${roleWords[role]})`
  const more = added.length > 0 ? `; added: ${shown(added)}` : ''
  return `  @${name}${about}: ${shown(given)}${more}`
}

function shown(words: string[]): string {
  const left = words.length - maxShown
  return left > 0 ? `${words.slice(0, maxShown).join(', ')} and ${left} more` : words.join(', ')
}

/** What the rule does on the sentences that it was learned from, in lines that people read. */
export function describeSelfTest(sketch: TopicSketch, { fitted, leftOut }: SelfTest): string[] {
  const counts = ({ examples, counterExamples }: SelfTest['fitted']) =>
    `${examples} of ${plural(sketch.examples.length, 'example')} and ${counterExamples} of ${plural(sketch.counterExamples.length, 'counter-example')}`
  return [
    `The rule matches ${counts(fitted)}.`,
    `Learned without the sentence in question, it matches ${counts(leftOut)}.`,
    ...leftOut.missed.map((text) => `  missed when left out: ${text}`),
    ...leftOut.wrong.map((text) => `  matched when left out: ${text}`),
  ]
}
