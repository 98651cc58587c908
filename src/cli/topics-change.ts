import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { plural } from '../platform/text/plural.ts'
import { retireTopic, topicsToRetire } from '../readers/retire-topic.ts'
import { countFollowers, type Followers } from '../readers/store/topic-followers.ts'
import { earlierVersion, publishTopics, renameTopicTo, rollBackTopic } from '../reading/publish-topics.ts'
import { parseTopics } from '../reading/rules/topics/topic-file.ts'
import type { TopicRule } from '../reading/rules/types.ts'
import { topicVersions } from '../reading/store/topic-versions.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { type Trial, tryRule } from '../reading/try-rule.ts'
import { parseArgument, textOf } from './arguments.ts'
import { dryRunNote } from './dry-run-note.ts'
import { showProgress } from './progress.ts'
import { trialLines } from './topic-trial.ts'
import { versionSchema } from './topics-list.ts'
import { onDatabase, onDatabaseToLink, type WithApp } from './with-app.ts'

const actor = 'cli'
type Options = { dryRun?: boolean; json?: boolean }
type Outcome = { slug: string; kind: string; version?: number; trial: Trial }

/** `sitrep topics publish`: puts the rules of a file into force, and says what they would have matched lately. */
export function publishCommand(withApp: WithApp): Command {
  return new Command('publish')
    .description('publish the topics of a JSON file, each as its next version')
    .argument('<file>', 'one topic or a list of topics, as `sitrep topics show` prints them')
    .option('--dry-run', 'only print what the rules would have matched among the takeaways of 30 days')
    .option('--json', 'print one JSON array')
    .action(async (file: string, options: Options) => {
      const topics = parseTopics(await textOf(file), file)
      return onDatabase(withApp, (app) => publish(app, topics, options))
    })
}

async function publish(app: App, topics: TopicRule[], { dryRun, json }: Options): Promise<void> {
  const outcomes: Outcome[] = []
  const known = await rulesOf(
    app.db,
    topics.map(({ slug }) => slug),
  )
  const ruleInForce = (wanted: string) => known.find(({ slug }) => slug === wanted)
  for (const rule of topics) {
    const trial = await tryRule(app, { rule, before: ruleInForce(rule.slug) }, { onProgress: showProgress })
    outcomes.push({ slug: rule.slug, kind: 'dry-run', trial })
  }
  if (!dryRun) {
    const published = await publishTopics(app, topics, actor)
    for (const [i, one] of published.entries()) Object.assign(outcomes[i]!, one)
  }
  if (json) return console.log(JSON.stringify(outcomes))
  for (const { slug, kind, version, trial } of outcomes) {
    console.log(trialLines(slug, trial, !ruleInForce(slug)).join('\n'))
    if (kind === 'published') console.log(`Published ${slug} as version ${version}. It finds what is read from now on.`)
    if (kind === 'unchanged') console.log(`Nothing to publish: version ${version} of ${slug} is this rule.`)
  }
  if (dryRun) console.log(dryRunNote('published'))
}

/** `sitrep topics rollback`: publishes an earlier rule again. */
export function rollbackCommand(withApp: WithApp): Command {
  return new Command('rollback')
    .description('publish an earlier version of a rule as the newest one')
    .argument('<slug>')
    .argument('[version]', 'the version to go back to; the one before the newest, if not given')
    .option('--dry-run', 'only print what would be gained and lost among the takeaways of 30 days')
    .option('--json', 'print one JSON object')
    .action((slug: string, version: string | undefined, options: Options) => {
      const wanted = version === undefined ? undefined : parseArgument(versionSchema, version, 'VERSION')
      return onDatabase(withApp, (app) => rollBack(app, slug, wanted, options))
    })
}

async function rollBack(app: App, slug: string, wanted: number | undefined, { dryRun, json }: Options): Promise<void> {
  const { newest, earlier } = earlierVersion(slug, await topicVersions(app.db, slug), wanted)
  const trial = await tryRule(app, { rule: earlier, before: newest }, { onProgress: showProgress })
  const done = dryRun ? { repeats: earlier.version } : await rollBackTopic(app, slug, earlier.version, actor)
  if (json) return console.log(JSON.stringify({ slug, kind: dryRun ? 'dry-run' : 'published', ...done, trial }))
  console.log(trialLines(slug, trial, false).join('\n'))
  if ('version' in done)
    console.log(`Published the rule of version ${done.repeats} of ${slug} again, as version ${done.version}.`)
  else console.log(dryRunNote('published'))
}

const nameSchema = z.string().trim().min(1, 'Give a name.').max(80, 'A name has at most 80 characters.')

/** `sitrep topics rename`: another name; the slug, the rule and the readers stay. */
export function renameCommand(withApp: WithApp): Command {
  return new Command('rename')
    .description('give a topic another name; its slug stays')
    .argument('<slug>')
    .argument('<name>', 'the new name')
    .action((slug: string, name: string) => {
      const given = parseArgument(nameSchema, name, 'NAME')
      return onDatabase(withApp, async (app) => {
        await renameTopicTo(app, slug, given, actor)
        console.log(`${slug} is called “${given}” from now on.`)
      })
    })
}

/** `sitrep topics retire`: ends a topic, and moves or tells its readers. */
export function retireCommand(withApp: WithApp): Command {
  return new Command('retire')
    .description('end a topic; its readers are moved to another one, or go on without it, and are told')
    .argument('<slug>')
    .option('--move-to <slug>', 'the topic that its readers follow from then on')
    .option('--dry-run', 'only print how many readers would get a mail')
    .option('--json', 'print one JSON object')
    .action((slug: string, options: Options & { moveTo?: string }) =>
      onDatabaseToLink(withApp, (app) => retire(app, slug, options)),
    )
}

async function retire(app: App, slug: string, { moveTo, dryRun, json }: Options & { moveTo?: string }): Promise<void> {
  const { to } = await topicsToRetire(app.db, slug, moveTo)
  const { readers, subscriptions, alone } = await countFollowers(app.db, slug)
  const mails = dryRun ? null : await retireTopic(app, slug, { moveTo, actor })
  if (json) return console.log(JSON.stringify({ slug, moveTo: to?.slug ?? null, readers, subscriptions, alone, mails }))
  console.log(retiredText(slug, to?.name, { readers, subscriptions, alone }, dryRun === true))
}

function retiredText(slug: string, to: string | undefined, counts: Followers, isPlan: boolean): string {
  const { readers, subscriptions, alone } = counts
  const does = (count: number, verb: string) => (isPlan ? `would ${verb}` : count === 1 ? `${verb}s` : verb)
  const moved = to
    ? `${plural(subscriptions, 'subscription')} ${does(subscriptions, 'follow')} ${to} instead.`
    : `${alone} of ${plural(subscriptions, 'subscription')} ${does(alone, 'end')}, without any other topic.`
  const told = `${plural(readers, 'reader')} ${does(readers, 'get')} one mail about it.`
  return [...(isPlan ? [] : [`Retired ${slug}.`]), moved, told].join(' ')
}
