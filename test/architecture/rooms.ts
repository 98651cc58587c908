import type { SourceFile } from '../support/source-file.ts'

const below = ['app', 'config', 'web', 'cli', 'actions', 'stages', 'store', 'io', 'domain']

/** Which rooms a room may import; of `app` only main gets more than its type. */
const mayImport: Record<string, string[]> = {
  domain: ['domain'],
  store: ['store', 'domain'],
  io: ['io', 'domain'],
  stages: ['stages', 'store', 'io', 'domain', 'app', 'config'],
  actions: ['actions', 'stages', 'store', 'io', 'domain', 'app', 'config'],
  web: ['web', 'actions', 'stages', 'store', 'io', 'domain', 'app', 'config'],
  cli: ['cli', 'actions', 'stages', 'store', 'io', 'domain', 'app', 'config'],
  jobs: ['jobs', 'stages', 'store', 'io', 'domain', 'app', 'job'],
  config: ['domain'],
  app: ['config', 'store', 'io', 'domain'],
  'open-app': ['app', 'config', 'store', 'io', 'domain'],
  job: ['app', 'domain'],
  queue: ['job', 'app', 'domain'],
  'main parts': ['main parts', 'queue', 'job', ...below],
}

/** The room of a path: its folder below src, or jobs, or the name of a file of src itself. */
export function roomOf(path: string): string {
  const [top, second = ''] = path.split('/')
  if (top !== 'src') return top!
  if (!second.endsWith('.ts')) return second
  const name = second.slice(0, -'.ts'.length)
  return name in mayImport || name === 'main' ? name : 'main parts'
}

/** Imports that go up or across, each as a sentence; main is the roof and may import every room. */
export function wrongImports(files: SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) => {
    const room = roomOf(path)
    if (room === 'main') return []
    const wrong = imports.filter((target) => !mayImport[room]?.includes(roomOf(target)))
    return wrong.map((target) => `${path} imports ${target}: ${room} may not know ${roomOf(target)}`)
  })
}

/** Imports of the opened app at run time: it is handed down from main, and the rest know its type. */
export function wrongApps(files: SourceFile[]): string[] {
  return files
    .filter(({ path, runtimeImports }) => path !== 'src/main.ts' && runtimeImports.includes('src/open-app.ts'))
    .map(({ path }) => `${path} opens the app`)
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
