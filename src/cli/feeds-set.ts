import { Command, Option } from 'commander'
import { changeFeedReading } from '../actions/feed-reading.ts'
import { onDatabase, type WithApp } from './with-app.ts'

const choice = (flags: string, about: string) => new Option(flags, about).choices(['on', 'off'])

/** `feeds set`: how a feed is read, and who may see the whole of its texts. */
export function setCommand(withApp: WithApp): Command {
  return new Command('set')
    .description('how a feed is read and shown from now on')
    .argument('<url>')
    .addOption(choice('--full-text <on|off>', 'fetch the page of each item where the feed gives a summary only'))
    .addOption(choice('--republish <on|off>', 'show its whole texts to everybody: only with their publisher’s leave'))
    .action((url: string, { fullText, republish }: { fullText?: string; republish?: string }) =>
      onDatabase(withApp, async (app) => {
        await changeFeedReading(app, url, { fullText: asked(fullText), republish: asked(republish) }, 'cli')
        console.log(`Changed: ${url}.`)
      }),
    )
}

const asked = (value: string | undefined) => (value === undefined ? undefined : value === 'on')
