import { Command } from 'commander'
import { UserError } from '../platform/user-error.ts'
import { currentRules } from '../reading/store/topics.ts'
import { printRows } from './print.ts'
import { lintCommand, testCommand } from './topics-test.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep topics list|show|test|lint`: the topics that readers can follow, and the rules that find them. */
export function topicsCommand(withApp: WithApp): Command {
  const topics = new Command('topics').description('list topics, and test the rules that find them')
  topics
    .command('list')
    .description('list all topics with the versions of their rules')
    .option('--json', 'print one JSON array')
    .action(({ json }: { json?: boolean }) =>
      onDatabase(withApp, async ({ db }) => {
        const rules = await currentRules(db)
        const rows = rules.map(({ slug, name, version, description }) => ({ slug, name, version, description }))
        printRows(rows, { json, empty: 'There are no topics.' })
      }),
    )
  topics
    .command('show')
    .description('print the rule of a topic as JSON')
    .argument('<slug>')
    .action((slug: string) =>
      onDatabase(withApp, async ({ db }) => {
        const rules = await currentRules(db)
        const rule = rules.find((candidate) => candidate.slug === slug)
        const known = rules.map((candidate) => candidate.slug).join(', ')
        if (!rule) throw new UserError(`There is no topic ${slug}; there are ${known}.`)
        console.log(JSON.stringify(rule, null, 2))
      }),
    )
  topics.addCommand(testCommand(withApp))
  topics.addCommand(lintCommand())
  return topics
}
