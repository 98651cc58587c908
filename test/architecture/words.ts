import { basename } from 'node:path'
import type { SourceFile } from '../support/source-file.ts'

const program = ({ path }: SourceFile): boolean => /^(src|jobs)\//.test(path)

/** Reads of the environment outside config.ts. */
export function environmentReads(files: SourceFile[]): string[] {
  const reads = ({ expressions, packages }: SourceFile): boolean =>
    expressions.includes('process.env') || packages.includes('node:process')
  return files
    .filter((file) => program(file) && file.path !== 'src/config.ts' && reads(file))
    .map(({ path }) => `${path} reads the environment`)
}

const clock = ['Date.now', 'new Date()', 'Temporal.Now']

/** Looks at the wall clock outside main.ts; performance.now measures spans and is free. */
export function clockReads(files: SourceFile[]): string[] {
  return files
    .filter((file) => program(file) && file.path !== 'src/main.ts')
    .flatMap(({ path, expressions }) =>
      clock.filter((read) => expressions.includes(read)).map((read) => `${path}: ${read}`),
    )
}

const sqlClock =
  /\bnow\s*\(\s*\)|\b(current_|local)time(stamp)?\b|\bcurrent_date\b|\b(clock|statement|transaction)_timestamp\b|^now$/i

/** The database's clock in SQL outside lease.ts and the migrations. */
export function sqlClockReads(files: SourceFile[]): string[] {
  return files
    .filter((file) => program(file) && file.path !== 'src/platform/db/lease.ts' && !file.path.includes('/migrations/'))
    .flatMap(({ path, texts }) => texts.filter((text) => sqlClock.test(text)).map((text) => `${path}: ${text.trim()}`))
}

/** Jobs whose file has another name than they, and files of jobs/ without a job (index.ts lists them). */
export function misnamedJobs(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('jobs/') && path !== 'jobs/index.ts')
    .filter(({ path, job }) => job !== basename(path, '.ts'))
    .map(({ path, job }) => `${path} defines ${job ? `the job ${job}` : 'no job'}`)
}

/** Files of more than 300 lines, migrations apart. */
export function longFiles(files: SourceFile[]): string[] {
  return files
    .filter(({ path, lines }) => lines > 300 && !path.includes('/migrations/'))
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}

/** Mails of templates/mail without one of their three parts; a name that begins with _ is a part of several. */
export function incompleteMails(paths: string[]): string[] {
  const names = paths.map((path) => basename(path)).filter((name) => !name.startsWith('_'))
  const mails = new Set(names.map((name) => name.split('.')[0]!))
  const parts = [...mails].flatMap((mail) => ['mjml', 'txt', 'subject.txt'].map((part) => `${mail}.${part}`))
  return parts.filter((part) => !names.includes(part)).map((part) => `templates/mail/${part} is missing`)
}
