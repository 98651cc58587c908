import { globSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { typesTwice, unusedExports } from './architecture/exports.ts'
import { impurePackages, undecidedPackages, wrongImporters } from './architecture/packages.ts'
import { cycles, impureImports, sameNames, wrongApps, wrongImports, wrongStoreImports } from './architecture/rooms.ts'
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
    rule: 'a room imports itself and the rooms below it',
    breaches: wrongImports,
    broken: [
      ['src/platform/a.ts', "import { b } from '../http/b.ts'"],
      ['src/parsing/a.ts', "import type { B } from '../reading/b.ts'"],
      ['src/reading/a.ts', "export * from '../editions/b.ts'"],
      ['src/editions/a.ts', "type B = import('../readers/b.ts').B"],
      ['src/feeds/a.ts', "import type { B } from '../delivery/b.ts'"],
      ['src/readers/a.ts', "import type { B } from '../delivery/b.ts'"],
      ['src/delivery/a.ts', "import { b } from '../worker/b.ts'"],
      ['src/web/a.ts', "import { b } from '../cli/b.ts'"],
      ['src/cli/a.ts', "const b = await import('../../jobs/b.ts')"],
      ['src/admin/a.ts', "import { serve } from '../serve.ts'"],
      ['src/config.ts', "import { b } from './reading/b.ts'"],
      ['jobs/a.ts', "import { b } from '../src/web/b.ts'"],
    ],
  },
  {
    rule: 'the app is opened by main and handed down',
    breaches: wrongApps,
    broken: [
      ['src/delivery/a.ts', "import { openApp } from '../open-app.ts'"],
      ['src/web/a.ts', "import { App } from '../app.ts'"],
    ],
  },
  {
    rule: 'no import comes back to where it began',
    breaches: cycles,
    broken: [['src/reading/a.ts', "import type { A } from './a.ts'"]],
  },
  {
    rule: 'rules, mails, messages and parsing only compute',
    breaches: (read) => [...impureImports(read), ...impurePackages(read)],
    broken: [
      ['src/reading/rules/a.ts', "import { readFileSync } from 'node:fs'"],
      ['src/parsing/a.ts', "import { fetch } from 'undici'"],
      ['src/editions/mail/a.ts', "import { b } from '../store/b.ts'"],
      ['src/delivery/message/a.ts', "import { b } from '../deliver.ts'"],
    ],
  },
  {
    rule: 'a store imports no store of another room',
    breaches: wrongStoreImports,
    broken: [['src/delivery/store/a.ts', "import { b } from '../../readers/store/b.ts'"]],
  },
  {
    rule: 'a package that touches the world has one importer',
    breaches: wrongImporters,
    broken: [
      ['src/editions/a.ts', "import pg from 'pg'"],
      ['src/web/a.ts', "import { sql } from 'kysely'"],
      ['src/delivery/a.ts', "import { Queue } from 'bullmq'"],
      ['src/readers/a.ts', "import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js'"],
      ['src/editions/b.ts', "import { Hono } from 'hono/tiny'"],
    ],
  },
  {
    rule: 'only config.ts reads the environment',
    breaches: environmentReads,
    broken: [
      ['src/web/a.ts', 'export const a = process.env.A'],
      ['jobs/a.ts', "export const a = globalThis.process['env']"],
      ['src/http/a.ts', "import { env } from 'node:process'"],
    ],
  },
  {
    rule: 'only main.ts looks at the wall clock',
    breaches: clockReads,
    broken: [
      ['src/delivery/a.ts', 'export const a = Date.now()'],
      ['src/web/a.ts', 'export const a = new Date()'],
      ['src/cli/a.ts', 'export const a = Temporal.Now.instant()'],
      ['src/http/a.ts', 'export const now = Date.now'],
    ],
  },
  {
    rule: "only lease.ts and the migrations use the database's clock",
    breaches: sqlClockReads,
    broken: [
      ['src/readers/store/a.ts', 'export const a = sql`update t set at = now()`'],
      ['src/readers/store/b.ts', "export const b = eb.fn('now')"],
      ['src/delivery/a.ts', 'export const a = sql`select clock_timestamp()`'],
      ['src/readers/store/c.ts', "export const c = sql.raw('current_timestamp')"],
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
    rule: 'no file has more than 300 lines',
    breaches: longFiles,
    broken: [['src/web/a.ts', 'void 0\n'.repeat(301)]],
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
  const twice = ['src/http/a.ts', 'src/http/b.ts'].map((path) => readSource(path, "import { fetch } from 'undici'"))
  expect(wrongImporters(twice)).toEqual(['undici has 2 importers: src/http/a.ts, src/http/b.ts'])
})

test('no two files of a room have one name', () => {
  expect(sameNames(house)).toEqual([])
  const twice = ['src/feeds/a.ts', 'src/feeds/rules/a.ts'].map((path) => readSource(path, ''))
  expect(sameNames(twice)).toEqual(['feeds has two files a.ts'])
})

test('no type name is exported from two files', () => {
  expect(typesTwice(house)).toEqual([])
  const twice = ['src/feeds/a.ts', 'src/web/b.ts'].map((path) => readSource(path, 'export type Row = { id: number }'))
  expect(typesTwice(twice)).toEqual(['Row is exported by src/feeds/a.ts and src/web/b.ts'])
})

test('what a file exports is imported by another one', () => {
  expect(unusedExports(files)).toEqual([])
  const a = readSource('src/web/a.ts', 'export const used = 1\nexport function unused() {}')
  const by = (text: string) => unusedExports([a, readSource('src/web/b.ts', text)])
  expect(by("import { used } from './a.ts'")).toEqual(['src/web/a.ts exports unused, which no file imports'])
  expect(by("const { used } = await import('./a.ts')")).toEqual([])
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
