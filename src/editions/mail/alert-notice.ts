import { plural } from '../../platform/text/plural.ts'

/**
 * What an alert says of itself. Its notices are words between spaces: `quiet`, it waited for the end of the quiet hours;
 * `last:12`, it is the twelfth and last of the day, and the rest comes when the day is over; `last-digest:12`, the rest is in
 * the digest or comes after it; `rest:12`, it is that rest.
 */
export function noticeWords(notices: string): string {
  return notices
    .split(' ')
    .flatMap((notice) => {
      const [kind = '', limit] = notice.split(':')
      return sentences[kind]?.(plural(Number(limit), 'alert')) ?? []
    })
    .join(' ')
}

const sentences: Record<string, (limit: string) => string> = {
  quiet: () => 'It waited for the end of your quiet hours.',
  last: (limit) => `You chose at most ${limit} a day: what comes later today is one mail when the day is over.`,
  'last-digest': (limit) =>
    `You chose at most ${limit} a day: what comes later today is in your next digest, or right after it.`,
  rest: (limit) => `You chose at most ${limit} a day: this mail has what came beyond them.`,
}
