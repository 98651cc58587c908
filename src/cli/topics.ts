import { Command } from 'commander'
import { UserError } from '../platform/user-error.ts'
import { currentRules } from '../reading/store/topics.ts'
import { printRows } from './print.ts'
import { lintCommand, testCommand } from './topics-test.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep topics list|show|test|lint`: what readers can follow, and by which rule it is found. */
export function topicsCommand(withApp: WithApp): Command {
  const topics = new Command('topics').description('what readers follow')
  topics
    .command('list')
    .description('every topic with the version of its rule')
    .option('--json', 'one JSON array')
    .action(({ json }: { json?: boolean }) =>
      onDatabase(withApp, async ({ db }) => {
        const rows = (await currentRules(db)).map(({ slug, name, version, description }) => ({
          slug,
          name,
          version,
          description,
        }))
        printRows(rows, { json, empty: 'There are no topics.' })
      }),
    )
  topics
    .command('show')
    .description('the rule of a topic, as JSON')
    .argument('<slug>')
    .action((slug: string) =>
      onDatabase(withApp, async ({ db }) => {
        const rules = await currentRules(db)
        const rule = rules.find((one) => one.slug === slug)
        if (!rule)
          throw new UserError(`There is no topic ${slug}; there are ${rules.map((one) => one.slug).join(', ')}.`)
        console.log(JSON.stringify(rule, null, 2))
      }),
    )
  topics.addCommand(testCommand(withApp))
  topics.addCommand(lintCommand())
  return topics
}
