import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { UserError } from '../platform/user-error.ts'
import { publishTopics } from '../reading/publish-topics.ts'
import { describeRule, describeSelfTest } from '../reading/rules/learning/describe-rule.ts'
import { learnedTopic, learnRule } from '../reading/rules/learning/learn-rule.ts'
import { testOnSketch } from '../reading/rules/learning/leave-one-out.ts'
import type { TopicSketch } from '../reading/rules/learning/topic-sketch.ts'
import { parseTopics } from '../reading/rules/topics/topic-file.ts'
import { topicVersions } from '../reading/store/topic-versions.ts'
import { storedWords, tryRule } from '../reading/try-rule.ts'
import { openLexicon } from '../reading/wordnet.ts'
import { parseArgument, textOf } from './arguments.ts'
import { dryRunNote } from './dry-run-note.ts'
import { showProgress } from './progress.ts'
import { trialLines } from './topic-trial.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type Options = {
  name: string
  description: string
  examples: string
  counterExamples: string
  slug?: string
  out?: string
  dryRun?: boolean
  json?: boolean
}

/** `sitrep topics add`: learns the rule of a new topic from examples, says what it learned, and publishes it. */
export function addTopicCommand(withApp: WithApp): Command {
  return new Command('add')
    .description('learn the rule of a new topic from example sentences, and publish it')
    .requiredOption('--name <name>', 'the name of the topic, as readers see it')
    .requiredOption('--description <text>', 'what the topic is about, in one or two sentences')
    .requiredOption('--examples <file>', 'sentences on the topic, one a line; ten are a good number')
    .requiredOption('--counter-examples <file>', 'sentences that only use the same words, one a line; five or more')
    .option('--slug <slug>', 'its name in addresses; made from the name, if not given')
    .option('--out <file>', 'write the topic with its rule into a file, to edit and publish it')
    .option('--dry-run', 'learn and try the rule, and publish nothing')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      const sketch = await sketchOf(options)
      return onDatabase(withApp, (app) => add(app, sketch, options))
    })
}

async function add(app: App, sketch: TopicSketch, options: Options): Promise<void> {
  const slug = options.slug ?? slugOf(sketch.name)
  if ((await topicVersions(app.db, slug)).length > 0)
    throw new UserError(`There is a topic "${slug}" already. Give another --slug, or edit and publish its rule.`)
  const [lexicon, stream] = [await openLexicon(), await storedWords(app)]
  const learned = learnRule(sketch, lexicon, stream)
  if (learned.rule.signals.length === 0)
    throw new UserError('No word of the name or of the examples tells what the topic is about. Give other examples.')
  const [topic] = parseTopics(JSON.stringify(learnedTopic(slug, 1, sketch, learned)), 'The learned topic')
  const selfTest = testOnSketch(sketch, topic!, lexicon, stream)
  const trial = await tryRule(app, { rule: topic!, before: undefined }, { onProgress: showProgress })
  if (options.out !== undefined) await writeFile(options.out, `${JSON.stringify(topic, null, 2)}\n`)
  if (!options.dryRun) await publishTopics(app, [topic!], 'cli')
  if (options.json) return console.log(JSON.stringify({ topic, selfTest, trial, published: !options.dryRun }))
  const lines = [
    ...describeRule(sketch, learned),
    ...describeSelfTest(sketch, selfTest),
    ...trialLines(slug, trial, true),
  ]
  const next = options.dryRun
    ? dryRunNote('published')
    : `Published ${slug} as version 1. It finds what is read from now on.`
  console.log([...lines, next].join('\n'))
}

const sentences = (least: number, what: string) =>
  z
    .string()
    .transform((text) => [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== ''))
    .refine((lines) => lines.length >= least, `the file needs at least ${least} ${what}, one a line`)
    .refine((lines) => lines.length <= 200, 'the file has at most 200 lines')
    .refine((lines) => lines.every((line) => line.length <= 1_000), 'a line has at most 1,000 characters')

async function sketchOf({ name, description, examples, counterExamples }: Options): Promise<TopicSketch> {
  return {
    name: parseArgument(
      z.string().trim().min(1, 'give a name').max(80, 'a name has at most 80 characters'),
      name,
      '--name',
    ),
    description: parseArgument(
      z.string().trim().max(600, 'a description has at most 600 characters'),
      description,
      '--description',
    ),
    examples: parseArgument(sentences(3, 'sentences'), await textOf(examples), '--examples'),
    counterExamples: parseArgument(sentences(1, 'sentence'), await textOf(counterExamples), '--counter-examples'),
  }
}

/** `grain-exports` of `Grain exports`. */
function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 60)
  if (slug === '') throw new UserError('--slug: give a slug of lower-case letters, since the name has none.')
  return slug
}
