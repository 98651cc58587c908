import { Command, Option } from 'commander'
import { changeFeedSettings } from '../feeds/manage-feeds.ts'
import { onDatabase, type WithApp } from './with-app.ts'

const choice = (flags: string, about: string) => new Option(flags, about).choices(['on', 'off'])

/** `feeds set`: how a feed is read and filed, and who may see the whole of its texts. */
export function setCommand(withApp: WithApp): Command {
  return new Command('set')
    .description('how a feed is read, shown and filed from now on')
    .argument('<url>')
    .addOption(choice('--full-text <on|off>', 'fetch the page of each item where the feed gives a summary only'))
    .addOption(choice('--republish <on|off>', 'show its whole texts to everybody: only with their publisher’s leave'))
    .option('--folder <name>', 'the folder to keep it in; an empty name takes it out')
    .action((url: string, { fullText, republish, folder }: Wish) =>
      onDatabase(withApp, async (app) => {
        const wish = { fullText: asked(fullText), republish: asked(republish), folder }
        const changed = await changeFeedSettings(app, url, wish, 'cli')
        console.log(changed ? `Changed: ${url}.` : `Nothing to change: ${url} is so already.`)
      }),
    )
}

type Wish = { fullText?: string; republish?: string; folder?: string }

const asked = (value: string | undefined) => (value === undefined ? undefined : value === 'on')
