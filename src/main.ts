import { Command, CommanderError } from 'commander'
import { jobs } from '../jobs/index.ts'
import type { App } from './app.ts'
import { adminsCommand } from './cli/admins.ts'
import { analyzeCommand } from './cli/analyze.ts'
import { configCommand } from './cli/config.ts'
import { deliveriesCommand } from './cli/deliveries.ts'
import { doctorCommand } from './cli/doctor.ts'
import { editionsCommand } from './cli/editions.ts'
import { feedsCommand } from './cli/feeds.ts'
import { fetchPage } from './cli/fetch-page.ts'
import { migrateCommand } from './cli/migrate.ts'
import { parseFeedCommand } from './cli/parse-feed.ts'
import { resendCommand } from './cli/resend.ts'
import { runCommand, servingCommands } from './cli/run.ts'
import { secretCommand } from './cli/secret.ts'
import { subscribersCommand } from './cli/subscribers.ts'
import { topicsCommand } from './cli/topics.ts'
import { readConfig } from './config.ts'
import { openApp } from './open-app.ts'
import { UserError } from './platform/user-error.ts'

/** The roof: the words on the command line choose what is opened and what is done with it. */
const now = () => Temporal.Now.instant()

/** Opens the app for one command, and closes it whatever happens. */
async function withApp(act: (app: App) => Promise<void>): Promise<void> {
  const { app, close } = await openApp(readConfig(), now)
  try {
    await act(app)
  } finally {
    await close()
  }
}

const program = new Command('sitrep')
  .description('Reads feeds of reports, finds their key takeaways and topics, and mails digests and alerts.')
  .showHelpAfterError('(sitrep --help lists the commands)')
  .exitOverride()
for (const command of [
  ...servingCommands(withApp, jobs, () => import('./serve.ts')),
  runCommand(withApp, jobs, () => import('./serve.ts')),
  migrateCommand(withApp),
  configCommand(),
  secretCommand(),
  adminsCommand(withApp),
  feedsCommand(withApp),
  doctorCommand(withApp),
  topicsCommand(withApp),
  subscribersCommand(withApp),
  editionsCommand(withApp),
  deliveriesCommand(withApp),
  resendCommand(withApp),
  analyzeCommand({ fetchPage }),
  parseFeedCommand(),
]) {
  program.addCommand(inherit(command, program))
}

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = explain(error)
}

/** What the program does with bad usage, its commands and their commands do too. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) inherit(child as Command, command)
  return command
}

/** One sentence for people; the stack of what should not happen. Bad usage is 2, everything else 1. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UserError) {
    console.error(error.message)
    return 2
  }
  console.error(error instanceof Error ? error.message : String(error))
  return 1
}
