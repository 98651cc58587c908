import { type SourceFile, sourceFiles } from './source-file.ts'

/** Packages that start a process or a thread, open a socket or a database, or wait. */
const world = new Set([
  ...['node:child_process', 'node:cluster', 'node:worker_threads', 'piscina', 'node:timers/promises'],
  ...['node:net', 'node:tls', 'node:http', 'node:https', 'node:http2', 'node:dgram', 'node:dns', 'node:dns/promises'],
  ...['undici', 'smtp-server', '@hono/node-server', 'playwright-core', 'pg', 'ioredis', 'bullmq'],
])
/** Files that touch the world in a way that their imports do not show: a package that computes elsewhere, a computed name. */
const worldFiles = /^(?:src\/delivery\/smtp\/|test\/support\/command\.ts$)/

/** The test files in two parts: unit tests only compute; the others need processes, servers, threads or time. */
export type TestFiles = { unit: string[]; others: string[] }

/** Sorts all test files of the project by what they import. */
export function findTestFiles(): TestFiles {
  return sortTestFiles(sourceFiles(['src/**/*.ts', 'jobs/**/*.ts', 'test/**/*.ts']))
}

/** A unit test is a test file that reaches none of these packages, through whatever files it imports at run time. */
export function sortTestFiles(files: SourceFile[]): TestFiles {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const tests = files.filter(({ path }) => path.endsWith('.test.ts')).map(({ path }) => path)
  const onlyComputes = (path: string): boolean => [...reachedFrom(path, byPath)].every((file) => !touchesWorld(file))
  return { unit: tests.filter(onlyComputes), others: tests.filter((path) => !onlyComputes(path)) }
}

const touchesWorld = ({ path, runtimePackages }: SourceFile): boolean =>
  worldFiles.test(path) || runtimePackages.some((name) => world.has(name))

/** The file of a path and all files that it imports at run time, directly or through others. */
function reachedFrom(start: string, byPath: Map<string, SourceFile>): Set<SourceFile> {
  const reached = new Set<SourceFile>()
  const paths = [start]
  for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
    const file = byPath.get(path)
    if (!file || reached.has(file)) continue
    reached.add(file)
    paths.push(...file.runtimeImports)
  }
  return reached
}
