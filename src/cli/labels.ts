import { Command } from 'commander'
import type { App } from '../app.ts'
import { outwardLink } from '../platform/text/outward-link.ts'
import { listLabels, type StoredLabel } from '../readers/store/labels.ts'
import { write } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep labels export`. */
export function labelsCommand(withApp: WithApp): Command {
  const labels = new Command('labels').description(
    'what readers said is wrong: topics of claims, and claims of stories',
  )
  labels
    .command('export')
    .description(
      'print each label as a line of JSON: text, topic or story, verdict, time and report; no reader is named',
    )
    .option('--json', 'the same: lines of JSON')
    .action(() => onDatabase(withApp, exportLabels))
  return labels
}

const perPage = 500

async function exportLabels({ db }: App): Promise<void> {
  let after = 0
  for (;;) {
    const page = await listLabels(db, after, perPage)
    await write(page.map((label) => `${JSON.stringify(lineOf(label))}\n`).join(''))
    const last = page.at(-1)
    if (after === 0 && !last) console.error('There are no labels.')
    if (!last || page.length < perPage) return
    after = last.id
  }
}

function lineOf({ text, topic, story, headline, at, url }: StoredLabel) {
  const about =
    topic === null
      ? { story: { id: story, headline }, verdict: 'not the same story' }
      : { topic, verdict: 'not about this topic' }
  return { text, ...about, at: at.toString(), url: outwardLink(url) }
}
