import type { Choice } from './subscription.ts'

/**
 * What a choice brings, as one text: two subscriptions whose texts are the same bring their reader the same mails twice. The order
 * within lists says nothing, nor does what the cadence has no use for, such as the weekday of a daily digest.
 */
export function choiceKey(choice: Choice): string {
  const { cadence, topics, feeds, places, languages, at, zone, quietMail, minScore, quiet, maxAlerts } = choice
  return JSON.stringify([
    cadence,
    zone,
    set(topics),
    choice.allTopics && new Set(topics).size > 1,
    set(feeds),
    set(places.filter((place) => !places.some((other) => place.startsWith(`${other}-`)))), // a country has its regions in it
    set(languages),
    Math.fround(minScore), // as it is stored
    cadence === 'alert' ? [quiet?.from, quiet?.to, maxAlerts] : [at, quietMail],
    cadence === 'daily' && choice.minutes,
    cadence === 'weekly' && choice.weekday,
  ])
}

const set = <Entry extends string | number>(entries: Entry[]): Entry[] => [...new Set(entries)].sort()
