import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres/open.ts'
import { newSecretKey } from '../src/readers/rules/token.ts'
import { runProgram, startProgram } from '../test/support/program.ts'
import { createDataFolder } from './support/data-folder.ts'
import { peakWhile } from './support/memory.ts'

export const name = 'people'

const [few, many] = [1_000, 100_000]

/**
 * How long an import and an export of 100,000 readers take in seconds, each as a command of its own, and the most memory that the
 * command takes in MB, beside that with 1,000 readers. Half of the lines have a consent; the others get a confirmation mail.
 */
export async function run(): Promise<Record<string, number>> {
  const folder = await createDataFolder()
  const server = await openEmbeddedPostgres({ dataDir: folder.path })
  const env = { DATABASE_URL: server.url, SECRET_KEY: newSecretKey(), LOG_LEVEL: 'error', SAMPLES: '0' }
  try {
    await runProgram(['migrate'], env)
    const file = async (count: number) => {
      const path = join(folder.path, `${count}.csv`)
      await writeFile(path, fileOf(count))
      return path
    }
    const [fewFile, manyFile] = [await file(few), await file(many)]
    const importOf = (path: string) => ['subscribers', 'import', path, '--confirm-rate', '100000', '--json']
    const smallImport = await measure(importOf(fewFile), env)
    const smallExport = await measure(['subscribers', 'export'], env)
    const largeImport = await measure(importOf(manyFile), env)
    const largeExport = await measure(['subscribers', 'export'], env)
    const repeated = await measure(importOf(manyFile), env)
    const deliveries = await measure(['subscribers', 'export', '--deliveries'], env)
    return {
      import_s: largeImport.seconds,
      import_mb: largeImport.mb,
      import_mb_over_1000: largeImport.mb - smallImport.mb,
      imported: sumIn(largeImport.said, ['active', 'pending']),
      import_again_s: repeated.seconds,
      import_again_known: sumIn(repeated.said, ['known']),
      export_s: largeExport.seconds,
      export_mb: largeExport.mb,
      export_mb_over_1000: largeExport.mb - smallExport.mb,
      exported_lines: largeExport.said.split('\r\n').length - 2,
      export_deliveries_s: deliveries.seconds,
      export_deliveries_mb: deliveries.mb,
    }
  } finally {
    await server.close()
    await folder.remove()
  }
}

type Measured = { seconds: number; mb: number; said: string }

async function measure(args: string[], env: Record<string, string>): Promise<Measured> {
  const begun = performance.now()
  const program = startProgram(args, env, ['--max-semi-space-size=4'])
  const { peak, result } = await peakWhile(program.process.pid!, () => program.ended)
  if (result !== 0) throw new Error(`${args.join(' ')} ended with ${result}:\n${program.said().slice(-2_000)}`)
  return { seconds: (performance.now() - begun) / 1_000, mb: peak, said: program.said() }
}

/** Readers of several zones and topics, as a spreadsheet saves them; some repeat and some are broken. */
function fileOf(count: number): string {
  const lines = Array.from({ length: count }, (_, n) => {
    const consent = n % 2 ? `"List at the door, ${n % 40}";2026-11-0${1 + (n % 9)}` : ';'
    return `Reader.${n}of${count}@example${n % 50}.org;"Reader, ${n}";${topics[n % 3]};${n % 5 ? 'daily' : 'weekly'};${times[n % 4]};${zones[n % 3]};${consent}`
  })
  const head = 'E-mail;Name;Topics;Cadence;At;Zone;Consent source;Consent date'
  return `\ufeff${[head, ...lines].join('\r\n')}\r\n`
}

const topics = ['displacement', '"displacement, infrastructure-strikes"', 'security-guarantees']
const times = ['07:00', '8:30', '06:00', '18:00']
const zones = ['Europe/Kyiv', 'Europe/Warsaw', 'America/New_York']

/** The sum of some outcomes in what `subscribers import --json` printed, among lines of progress. */
function sumIn(said: string, outcomes: string[]): number {
  return outcomes.reduce((sum, outcome) => sum + Number(new RegExp(`"${outcome}":(\\d+)`).exec(said)?.[1] ?? 0), 0)
}
