import { Command, CommanderError } from 'commander'
import { jobs } from '../jobs/index.ts'
import type { App } from './app.ts'
import { adminsCommand } from './cli/admins.ts'
import { analyzeCommand } from './cli/analyze.ts'
import { backupCommand, restoreCommand } from './cli/backup.ts'
import { OutputClosed, outliveOutputs } from './cli/closed-outputs.ts'
import { clusterCommand } from './cli/cluster.ts'
import { configCommand, secretCommand } from './cli/config.ts'
import { correctionsCommand } from './cli/corrections.ts'
import { deliveriesCommand } from './cli/deliveries.ts'
import { doctorCommand } from './cli/doctor.ts'
import { editionsCommand } from './cli/editions.ts'
import { feedsCommand } from './cli/feeds.ts'
import { itemsCommand } from './cli/items.ts'
import { keepCommand } from './cli/keep.ts'
import { labelsCommand } from './cli/labels.ts'
import { migrateCommand } from './cli/migrate.ts'
import { parseFeedCommand } from './cli/parse-feed.ts'
import { guardConsole } from './cli/print.ts'
import { replayCommand } from './cli/replay.ts'
import { resendCommand } from './cli/resend.ts'
import { runCommand, servingCommands } from './cli/run.ts'
import { slotsCommand } from './cli/slots.ts'
import { storiesCommand } from './cli/stories.ts'
import { subscribersCommand } from './cli/subscribers.ts'
import { suppressionsCommand } from './cli/suppressions.ts'
import { topicsCommand } from './cli/topics.ts'
import { readConfig } from './config.ts'
import { openApp } from './open-app.ts'
import { withoutAddresses } from './platform/text/without-addresses.ts'
import { UserError } from './platform/user-error.ts'

/** The only use of the wall clock. */
const now = () => Temporal.Now.instant()

/** Opens the app for one command, and closes it also when the command fails. */
async function withApp(act: (app: App) => Promise<void>): Promise<void> {
  const { app, close } = await openApp(readConfig(), now)
  try {
    await act(app)
  } finally {
    await close()
  }
}

outliveOutputs()

const program = new Command('sitrep')
  .description('Polls feeds of reports, finds their key takeaways and topics, and sends digests and alerts by mail.')
  .showHelpAfterError('(`sitrep --help` lists all commands)')
  .exitOverride()
for (const command of [
  ...servingCommands(withApp, jobs, () => import('./serve.ts')),
  runCommand(withApp, jobs, () => import('./serve.ts')),
  migrateCommand(withApp),
  backupCommand(withApp),
  restoreCommand(withApp),
  keepCommand(withApp),
  configCommand(),
  secretCommand(),
  adminsCommand(withApp),
  feedsCommand(withApp),
  doctorCommand(withApp),
  topicsCommand(withApp),
  storiesCommand(withApp),
  itemsCommand(withApp),
  labelsCommand(withApp),
  subscribersCommand(withApp),
  suppressionsCommand(withApp),
  editionsCommand(withApp),
  slotsCommand(withApp),
  deliveriesCommand(withApp),
  resendCommand(withApp),
  correctionsCommand(withApp),
  replayCommand(withApp),
  analyzeCommand(),
  clusterCommand(),
  parseFeedCommand(),
]) {
  program.addCommand(inherit(command, program))
}

guardConsole()
try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof OutputClosed) process.stdin.destroy() // an open pipe would keep the process
  process.exitCode = explain(error)
}

/** Gives a command and its subcommands the settings of the program: help after an error, and no exit of their own. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) inherit(child as Command, command)
  return command
}

/** Prints one sentence for an error and returns the exit code: 2 for bad usage, 1 for everything else. */
function explain(error: unknown): number {
  if (error instanceof OutputClosed) return 0
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const text = error instanceof Error ? error.message : String(error)
  if (error instanceof UserError) {
    console.error(text)
    return 2
  }
  console.error(withoutAddresses(text)) // it stands in the log of the process
  return 1
}
