import type { SourceFile } from '../support/source-file.ts'

/** The rooms from the top down, each with the rooms it may import besides itself. What stands in src itself is `wiring`. */
const below: Record<string, string[]> = {
  platform: [],
  http: ['platform'],
  parsing: ['platform'],
  places: [],
  reading: ['places', 'http', 'platform'],
  threads: ['reading', 'parsing', 'platform'],
  stories: ['reading', 'places', 'platform'],
  editions: ['feeds', 'threads', 'stories', 'reading', 'places', 'platform'],
  feeds: ['threads', 'reading', 'parsing', 'http', 'platform'],
  readers: ['feeds', 'editions', 'stories', 'reading', 'places', 'platform'],
  delivery: ['readers', 'editions', 'threads', 'reading', 'http', 'platform'],
}
const everyRoomBelow = [...Object.keys(below)]
const mayImport: Record<string, string[]> = {
  ...below,
  worker: everyRoomBelow,
  admin: everyRoomBelow,
  web: ['admin', ...everyRoomBelow],
  cli: ['admin', 'worker', ...everyRoomBelow],
  jobs: ['worker', 'admin', ...everyRoomBelow],
}

/** What a room may know of the wiring: the app's type and the settings. */
const openWiring = ['src/app.ts', 'src/config.ts']

/** The room of a path: its folder below src, `jobs`, or `wiring` for a file of src itself. */
export function roomOf(path: string): string {
  const [top, second = ''] = path.split('/')
  if (top !== 'src') return top!
  return second.endsWith('.ts') ? 'wiring' : second
}

/** Imports that go up or across, each as a sentence; the wiring may import every room. */
export function wrongImports(files: SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) => {
    const room = roomOf(path)
    if (room === 'wiring') return path === 'src/config.ts' ? imports.filter(isAboveConfig).map(says(path)) : []
    return imports.filter((target) => !mayKnow(room, target)).map(says(path))
  })
}

const mayKnow = (room: string, target: string): boolean =>
  roomOf(target) === room ||
  (roomOf(target) === 'wiring' ? openWiring.includes(target) : mayImport[room]?.includes(roomOf(target)) === true)

const isAboveConfig = (target: string): boolean => roomOf(target) !== 'platform'

const says = (path: string) => (target: string) =>
  `${path} imports ${target}: ${roomOf(path)} may not know ${roomOf(target)}`

/** The app's record is a type, and only main opens it: every other file is handed it. */
export function wrongApps(files: SourceFile[]): string[] {
  return files.flatMap(({ path, imports, runtimeImports }) => [
    ...(path !== 'src/main.ts' && imports.includes('src/open-app.ts') ? [`${path} opens the app`] : []),
    ...(runtimeImports.includes('src/app.ts') ? [`${path} imports src/app.ts for more than its type`] : []),
  ])
}

/** Folders whose files compute only: no I/O, no clock, no environment, no SQL. */
const computes = /^src\/(?:parsing\/|[a-z]+\/(?:rules|mail|message)\/|delivery\/bounces\/hooks\/|platform\/text\/)/
const alsoComputes = /^src\/platform\/(?:address|mac|user-error)\.ts$/

/** What files that only compute need at run time beside each other. Types may come from anywhere below. */
export function impureImports(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => isPure(path))
    .flatMap(({ path, runtimeImports }) =>
      runtimeImports.filter((target) => !isPure(target)).map((target) => `${path} only computes, and runs ${target}`),
    )
}

export const isPure = (path: string): boolean => computes.test(path) || alsoComputes.test(path)

/** Imports of a store beyond the database and its own room: SQL of two rooms is composed above both. */
export function wrongStoreImports(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => /^src\/[a-z]+\/store\//.test(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter((target) => roomOf(target) !== roomOf(path) && /\/store\//.test(target))
        .map((target) => `${path} imports the store ${target}`),
    )
}

/** Files of one room with the same name: a stranger who is told the name must find one file. */
export function sameNames(files: SourceFile[]): string[] {
  const inRooms = files.filter(({ path }) => roomOf(path) !== 'wiring')
  const named = Map.groupBy(inRooms, ({ path }) => `${roomOf(path)} has two files ${path.split('/').at(-1)}`)
  return [...named].filter(([, paths]) => paths.length > 1).map(([sentence]) => sentence)
}

/** The cycles that imports make, one for each file from which it is found first. */
export function cycles(files: SourceFile[]): string[] {
  const importsOf = new Map(files.map((file) => [file.path, file.imports]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
    if (done.has(path) || trail.includes(path)) return
    for (const target of importsOf.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return found
}
