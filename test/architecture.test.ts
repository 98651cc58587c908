import { globSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { impurities, undecidedPackages, wrongDoors } from './architecture/doors.ts'
import { cycles, wrongApps, wrongImports } from './architecture/rooms.ts'
import {
  clockReads,
  environmentReads,
  incompleteMails,
  longFiles,
  misnamedJobs,
  sqlClockReads,
} from './architecture/words.ts'
import { readSource, type SourceFile, sourceFiles } from './support/source-file.ts'

type Rule = { rule: string; breaches: (files: SourceFile[]) => string[]; broken: [path: string, text: string][] }

/** The rules of the house, each with files that break it: a rule that cannot fail holds nothing. */
const rules: Rule[] = [
  {
    rule: 'imports go down only: main, jobs, stages, then store and io (which do not know each other), then domain',
    breaches: wrongImports,
    broken: [
      ['src/domain/a.ts', "import { b } from '../store/b.ts'"],
      ['src/store/a.ts', "import type { B } from '../io/b.ts'"],
      ['src/io/a.ts', "export * from '../store/b.ts'"],
      ['src/stages/a.ts', "type B = import('../actions/b.ts').B"],
      ['src/actions/a.ts', "import type { B } from '../web/b.ts'"],
      ['src/web/a.ts', "import { b } from '../cli/b.ts'"],
      ['src/cli/a.ts', "const b = await import('../../jobs/b.ts')"],
      ['src/app.ts', "import { b } from './stages/b.ts'"],
      ['jobs/a.ts', "import { b } from '../src/worker/queue.ts'"],
    ],
  },
  {
    rule: 'the app is opened by main and handed down',
    breaches: wrongApps,
    broken: [
      ['src/stages/a.ts', "import { openApp } from '../open-app.ts'"],
      ['src/web/a.ts', "export { openApp } from '../open-app.ts'"],
    ],
  },
  {
    rule: 'no import comes back to where it began',
    breaches: cycles,
    broken: [['src/domain/a.ts', "import type { A } from './a.ts'"]],
  },
  {
    rule: 'a package that touches the world comes in through one door',
    breaches: wrongDoors,
    broken: [
      ['src/stages/a.ts', "import pg from 'pg'"],
      ['src/web/a.ts', "import { sql } from 'kysely'"],
      ['src/io/a.ts', "import { Queue } from 'bullmq'"],
      ['src/actions/a.ts', "import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js'"],
      ['src/stages/b.ts', "import { Hono } from 'hono/tiny'"],
    ],
  },
  {
    rule: 'the domain only computes',
    breaches: impurities,
    broken: [
      ['src/domain/a.ts', "import { readFileSync } from 'node:fs'"],
      ['src/domain/b.ts', "import { fetch } from 'undici'"],
    ],
  },
  {
    rule: 'only config.ts reads the environment',
    breaches: environmentReads,
    broken: [
      ['src/web/a.ts', 'export const a = process.env.A'],
      ['jobs/a.ts', "export const a = globalThis.process['env']"],
      ['src/io/a.ts', "import { env } from 'node:process'"],
    ],
  },
  {
    rule: 'only main.ts looks at the wall clock',
    breaches: clockReads,
    broken: [
      ['src/stages/a.ts', 'export const a = Date.now()'],
      ['src/web/a.ts', 'export const a = new Date()'],
      ['src/cli/a.ts', 'export const a = Temporal.Now.instant()'],
      ['src/io/a.ts', 'export const now = Date.now'],
    ],
  },
  {
    rule: "only lease.ts and the migrations use the database's clock",
    breaches: sqlClockReads,
    broken: [
      ['src/store/a.ts', 'export const a = sql`update t set at = now()`'],
      ['src/store/b.ts', "export const b = eb.fn('now')"],
      ['src/stages/a.ts', 'export const a = sql`select clock_timestamp()`'],
      ['src/store/c.ts', "export const c = sql.raw('current_timestamp')"],
    ],
  },
  {
    rule: 'a job has the name of its file',
    breaches: misnamedJobs,
    broken: [
      ['jobs/poll.ts', "export const poll = defineJob({ name: 'pull' })"],
      ['jobs/read.ts', 'export const read = 1'],
    ],
  },
  {
    rule: 'no file has more than 250 lines',
    breaches: longFiles,
    broken: [['src/web/a.ts', 'void 0\n'.repeat(251)]],
  },
]

const files = sourceFiles(['src/**/*.ts', 'jobs/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'])
const house = files.filter(({ path }) => /^(src|jobs)\//.test(path))

describe.each(rules)('$rule', ({ breaches, broken }) => {
  test('in every file', () => expect(breaches(breaches === longFiles ? files : house)).toEqual([]))
  test.each(broken)('and %s could break it', (path, text) => {
    expect(breaches([readSource(path, text)])).not.toEqual([])
  })
})

test('a package has one importer, and two are too many', () => {
  const twice = ['src/io/a.ts', 'src/io/b.ts'].map((path) => readSource(path, "import { fetch } from 'undici'"))
  expect(wrongDoors(twice)).toEqual(['undici has 2 importers: src/io/a.ts, src/io/b.ts'])
})

test('for every package it is decided whether it touches the world', () => {
  expect(undecidedPackages()).toEqual([])
})

test('every mail has its HTML, its text and its subject', () => {
  expect(incompleteMails(globSync('templates/mail/*.*'))).toEqual([])
  expect(incompleteMails(['templates/mail/digest.mjml', 'templates/mail/digest.txt'])).toEqual([
    'templates/mail/digest.subject.txt is missing',
  ])
})
