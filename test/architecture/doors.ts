import { readFileSync } from 'node:fs'
import type { SourceFile } from '../support/source-file.ts'

/** A package that touches the world, the files that may import it, and how many of them (one, unless it says more). */
type Door = { where: RegExp; most?: number }

const doors: Record<string, Door> = {
  pg: { where: /^src\/store\/(db|haste)\.ts$/, most: 2 }, // queries, and the one connection that listens
  kysely: { where: /^src\/store\//, most: Infinity },
  bullmq: { where: /^src\/queue\.ts$/ },
  ioredis: { where: /^src\/queue\.ts$/ },
  '@bull-board/api': { where: /^src\/queue\.ts$/ },
  '@bull-board/hono': { where: /^src\/queue\.ts$/ },
  nodemailer: { where: /^src\/io\//, most: 3 }, // composing a message, sending it, and trying the relay
  'smtp-server': { where: /^src\/io\// },
  mailparser: { where: /^src\/io\// },
  undici: { where: /^src\/io\// },
  mjml: { where: /^src\/io\// },
  liquidjs: { where: /^src\/(io|web)\// },
  'rss-parser': { where: /^src\/io\// },
  'sanitize-html': { where: /^src\/io\// },
  '@mozilla/readability': { where: /^src\/io\// },
  linkedom: { where: /^src\/io\// },
  piscina: { where: /^src\/io\// },
  pino: { where: /^src\/io\// },
  'proper-lockfile': { where: /^src\/io\// },
  'prom-client': { where: /^src\/(io|web)\// },
  commander: { where: /^src\/(main\.ts|serving-commands\.ts|cli\/)/, most: Infinity },
  hono: { where: /^src\/(web\/|queue\.ts)/, most: Infinity }, // the queue's dashboard is a Hono app too
  '@hono/node-server': { where: /^src\/(web\/|queue\.ts)/, most: Infinity },
}

/** Packages that only compute; the domain may import them, and so may every room. */
const pure = ['zod', 'stemmer', 'htmlparser2', 'domutils', 'domhandler', 'ipaddr.js', 'node:crypto']

/** Imports of a package through a door that is not its own, or through too many. */
export function wrongDoors(files: SourceFile[]): string[] {
  return Object.entries(doors).flatMap(([name, { where, most = 1 }]) => {
    const paths = files.filter(({ packages }) => packages.includes(name)).map(({ path }) => path)
    const wrong = paths.filter((path) => !where.test(path)).map((path) => `${path} may not import ${name}`)
    return paths.length > most ? [...wrong, `${name} has ${paths.length} importers: ${paths.join(', ')}`] : wrong
  })
}

/** Dependencies of the program for which nobody has decided yet whether they touch the world. */
export function undecidedPackages(): string[] {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  return Object.keys(dependencies).filter((name) => !(name in doors) && !pure.includes(name))
}

/** What the domain imports beside itself and packages that only compute. */
export function impurities(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('src/domain/'))
    .flatMap(({ path, packages }) =>
      packages.filter((name) => !pure.includes(name)).map((name) => `${path} imports ${name}`),
    )
}
