import { Command } from 'commander'
import { z } from 'zod'
import { plural } from '../platform/text/plural.ts'
import { UserError } from '../platform/user-error.ts'
import { inItsLanguage } from '../reading/rules/languages/detect-language.ts'
import type { Explanation } from '../reading/rules/topics/explain.ts'
import { explain } from '../reading/rules/topics/explain.ts'
import { lintRule } from '../reading/rules/topics/lint-rule.ts'
import { parseTopics } from '../reading/rules/topics/topic-file.ts'
import type { TopicRule } from '../reading/rules/types.ts'
import { currentRules } from '../reading/store/topics.ts'
import { textOf } from './arguments.ts'
import { addTopicCommand } from './topics-add.ts'
import { publishCommand, renameCommand, retireCommand, rollbackCommand } from './topics-change.ts'
import { topicListingCommands } from './topics-list.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep topics`: the topics that readers can follow, the rules that find them, and what changes them. */
export function topicsCommand(withApp: WithApp): Command {
  const topics = new Command('topics').description('list, test, make, publish and retire topics')
  const listing = topicListingCommands(withApp)
  const changing = [publishCommand(withApp), rollbackCommand(withApp), renameCommand(withApp), retireCommand(withApp)]
  for (const command of [...listing, testCommand(withApp), lintCommand(), addTopicCommand(withApp), ...changing])
    topics.addCommand(command)
  return topics
}

type Options = { rules?: string; json?: boolean }

/** `sitrep topics test`: shows what each rule finds in a text, and why. With --rules it needs no database. */
function testCommand(withApp: WithApp): Command {
  return new Command('test')
    .description('print what each rule finds in a text or a JSON Lines file, and why')
    .argument('<file>', 'a text file, a .jsonl file of {id, text}, or - for standard input')
    .option('--rules <file>', 'test the topics of a JSON file instead of the published ones')
    .option('--json', 'print a JSON line for each text')
    .action(async (file: string, { rules, json }: Options) => {
      const records = recordsOf(file, await textOf(file))
      const test = async (topics: TopicRule[]) => {
        for (const { id, text } of records) {
          const found = explain(await inItsLanguage({ text }), topics)
          console.log(json ? JSON.stringify({ id, found }) : explanationText(id, found))
        }
      }
      if (rules !== undefined) return test(parseTopics(await textOf(rules), rules))
      return onDatabase(withApp, async ({ db }) => test(await currentRules(db)))
    })
}

/** `sitrep topics lint`: checks that the rules of a file are valid, and remarks on what is probably a mistake. */
function lintCommand(): Command {
  return new Command('lint')
    .description('check the rules of a JSON file; the exit code is 2 for an invalid rule')
    .argument('<file>', 'one topic or a list of topics, as `sitrep topics show` prints them')
    .action(async (file: string) => {
      const topics = parseTopics(await textOf(file), file)
      const remarks = topics.flatMap((topic) => lintRule(topic).map((remark) => `${topic.slug}: ${remark}`))
      const summary = `${plural(topics.length, 'topic')} checked, ${plural(remarks.length, 'remark')}.`
      console.log([...remarks, summary].join('\n'))
    })
}

const recordSchema = z.object({ id: z.union([z.string(), z.number()]), text: z.string() })

function recordsOf(file: string, content: string): z.infer<typeof recordSchema>[] {
  if (!file.endsWith('.jsonl')) return [{ id: file, text: content }]
  const lines = content.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, i) => {
    const parsed = recordSchema.safeParse(jsonOf(line))
    if (!parsed.success) throw new UserError(`Line ${i + 1} of ${file} is not a record {id, text}.`)
    return parsed.data
  })
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function explanationText(id: string | number, found: Explanation[]): string {
  if (found.length === 0) return `${id}: no rule matches.`
  return [`${id}:`, ...found.flatMap(explanationLines)].join('\n')
}

function explanationLines(explanation: Explanation): string[] {
  const { topic, version, passage, text, score, threshold, signals, excluded, silencing } = explanation
  const verdict = score >= threshold ? 'matches' : 'does not match'
  return [
    `  ${topic} (rule version ${version}) ${verdict}: score ${score}, threshold ${threshold}, passage ${passage}, “${shortened(text)}”`,
    ...signals.map(
      ({ signal, weight, looksFor, words }) =>
        `    signals[${signal}], weight ${weight}, ${looksFor}: ${words.join(', ')}`,
    ),
    ...(excluded.length > 0 ? [`    excluded: ${excluded.join(', ')}`] : []),
    ...(silencing.length > 0 ? [`    finds nothing beside: ${silencing.join(', ')}`] : []),
  ]
}

const maxLength = 160

const shortened = (text: string) => (text.length > maxLength ? `${text.slice(0, maxLength).trimEnd()} …` : text)
