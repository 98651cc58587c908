import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { z } from 'zod'
import { UserError } from '../platform/user-error.ts'
import { type Explanation, explain } from '../reading/rules/topics/explain.ts'
import { lintRule } from '../reading/rules/topics/lint-rule.ts'
import { parseTopics } from '../reading/rules/topics/topic-file.ts'
import type { TopicRule } from '../reading/rules/types.ts'
import { currentRules } from '../reading/store/topics.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type Options = { rules?: string; json?: boolean }

/** `topics test`: what each rule finds in a text, and why; with --rules it needs no database. */
export function testCommand(withApp: WithApp): Command {
  return new Command('test')
    .description('what each rule finds in a text or a JSON Lines file, and why')
    .argument('<file>', 'a text, a .jsonl file of {id, text}, or - for standard input')
    .option('--rules <file>', 'topics from a JSON file instead of those that are published')
    .option('--json', 'one JSON object a line')
    .action(async (file: string, { rules, json }: Options) => {
      const texts = textsIn(file, await contentOf(file))
      const say = (topics: TopicRule[]) => {
        for (const { id, text } of texts) {
          const found = explain({ text }, topics)
          console.log(json ? JSON.stringify({ id, found }) : told(id, found))
        }
      }
      if (rules !== undefined) return say(parseTopics(await contentOf(rules)))
      return onDatabase(withApp, async ({ db }) => say(await currentRules(db)))
    })
}

/** `topics lint`: whether the rules of a file can be used, and what in them is hardly meant. */
export function lintCommand(): Command {
  return new Command('lint')
    .description('check the rules of a JSON file; a wrong one ends with exit code 2')
    .argument('<file>', 'one topic or a list of topics, as `sitrep topics show` prints them')
    .action(async (file: string) => {
      const topics = parseTopics(await contentOf(file))
      const remarks = topics.flatMap((topic) => lintRule(topic).map((remark) => `${topic.slug}: ${remark}`))
      console.log([...remarks, `${topics.length} checked, ${remarks.length} remarks.`].join('\n'))
    })
}

const recordSchema = z.object({ id: z.union([z.string(), z.number()]), text: z.string() })

function textsIn(file: string, content: string): { id: string | number; text: string }[] {
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

async function contentOf(file: string): Promise<string> {
  try {
    return file === '-' ? (await Array.fromAsync(process.stdin)).join('') : await readFile(file, 'utf8')
  } catch (error) {
    throw new UserError(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function told(id: string | number, found: Explanation[]): string {
  if (found.length === 0) return `${id}: no rule finds anything.`
  return [`${id}:`, ...found.flatMap(linesOf)].join('\n')
}

function linesOf({ topic, version, passage, text, score, threshold, signals, excluded }: Explanation): string[] {
  const verdict = score >= threshold ? 'matches' : 'does not match'
  return [
    `  ${topic} (rule ${version}) ${verdict}: ${score} of ${threshold} in passage ${passage}, “${shortened(text)}”`,
    ...signals.map(({ signal, weight, words }) => `    signals[${signal}], weight ${weight}: ${words.join(', ')}`),
    ...(excluded.length > 0 ? [`    out of play: ${excluded.join(', ')}`] : []),
  ]
}

const shortened = (text: string) => (text.length > 160 ? `${text.slice(0, 160).trimEnd()} …` : text)
