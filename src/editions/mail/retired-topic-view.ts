import type { TopicName } from '../../reading/rules/types.ts'
import { type ConfirmationView, type MailSender, senderFields, siteName } from './mail-view.ts'

/**
 * What a retired topic leaves a reader with. `moved`: subscriptions follow the topic `to` instead. `left`: they go on without it.
 * `ended`: at least one had no other topic and has ended.
 */
export type RetiredFor = { kind: 'moved'; to: TopicName } | { kind: 'left' } | { kind: 'ended' }

/** The mail that tells readers that a topic of theirs is retired. */
export function retiredTopicView({
  topic,
  outcome,
  ...sender
}: MailSender & { topic: TopicName; outcome: RetiredFor }): ConfirmationView {
  const site = siteName(sender.publicUrl)
  return {
    ...senderFields(sender),
    webCopy: null,
    subject: `${topic.name}: this topic has ended`,
    preheader: deckOf(topic, outcome),
    kicker: 'Your topics',
    headline: `${topic.name}: this topic has ended`,
    deck: deckOf(topic, outcome),
    notice: '',
    paragraphs: [],
    button: 'Open my preferences',
    href: null,
    after: [
      'In your preferences you can choose other topics, or end all mail. The link expires after 30 days. Do not forward this mail.',
      `What the topic told stays at ${sender.publicUrl}/topics/${topic.slug}.`,
    ],
    why: `You get this mail because you followed ${topic.name} at ${site}. It comes once.`,
  }
}

function deckOf({ name }: TopicName, outcome: RetiredFor): string {
  if (outcome.kind === 'moved')
    return `We no longer file reports under ${name}. Your mail on it goes on with ${outcome.to.name}, from the next report on.`
  if (outcome.kind === 'left')
    return `We no longer file reports under ${name}. Your mail goes on with your other topics.`
  return `We no longer file reports under ${name}. A subscription of yours had no other topic and has ended. Choose other topics to get mail again.`
}
