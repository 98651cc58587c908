import { Command } from 'commander'
import { z } from 'zod'
import { UserError } from '../platform/user-error.ts'
import { originOf, topicStates, topicVersions } from '../reading/store/topic-versions.ts'
import { parseArgument } from './arguments.ts'
import { printRows } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep topics list|show|versions`. */
export function topicListingCommands(withApp: WithApp): Command[] {
  return [listCommand(withApp), showCommand(withApp), versionsCommand(withApp)]
}

function listCommand(withApp: WithApp): Command {
  return new Command('list')
    .description('list all topics with the versions of their rules')
    .option('--json', 'print one JSON array')
    .action(({ json }: { json?: boolean }) =>
      onDatabase(withApp, async ({ db }) => {
        const rows = (await topicStates(db)).map((topic) => ({
          slug: topic.slug,
          name: topic.name,
          version: topic.version,
          origin: originOf(topic),
          retired: topic.retired_at,
          description: topic.description,
        }))
        printRows(rows, { json, empty: 'There are no topics.' })
      }),
    )
}

export const versionSchema = z.coerce.number('Give the number of a version.').int().min(1, 'A version is at least 1.')

function showCommand(withApp: WithApp): Command {
  return new Command('show')
    .description('print the rule of a topic as JSON')
    .argument('<slug>')
    .option('--version <n>', 'an earlier version of the rule')
    .action((slug: string, { version }: { version?: string }) =>
      onDatabase(withApp, async ({ db }) => {
        const wanted = version === undefined ? undefined : parseArgument(versionSchema, version, '--version')
        const versions = await topicVersions(db, slug)
        if (versions.length === 0) throw new UserError(await noTopic(db, slug))
        const found = versions.find((one) => wanted === undefined || one.version === wanted)
        if (!found) throw new UserError(`The topic "${slug}" has no version ${wanted}; see \`sitrep topics versions\`.`)
        const { name, description, threshold, rule } = found
        console.log(JSON.stringify({ slug, name, description, version: found.version, threshold, rule }, null, 2))
      }),
    )
}

async function noTopic(db: Parameters<typeof topicStates>[0], slug: string): Promise<string> {
  const known = (await topicStates(db)).map((topic) => topic.slug).join(', ')
  return `There is no topic "${slug}"; choose from ${known}.`
}

function versionsCommand(withApp: WithApp): Command {
  return new Command('versions')
    .description('list the versions of the rule of a topic, the newest first')
    .argument('<slug>')
    .option('--json', 'print one JSON array')
    .action((slug: string, { json }: { json?: boolean }) =>
      onDatabase(withApp, async ({ db }) => {
        const versions = await topicVersions(db, slug)
        if (versions.length === 0) throw new UserError(await noTopic(db, slug))
        const rows = versions.map((one) => ({
          version: one.version,
          origin: originOf(one),
          builtin: one.builtin_version,
          published: one.published_at,
        }))
        printRows(rows, { json, empty: '' })
      }),
    )
}
