import { type SourceFile, sourceFiles } from '../support/source-file.ts'
import { roomOf } from './rooms.ts'

/** `npm run house`: the figures of the layout, counted from the code. */
const files = sourceFiles(['src/**/*.ts', 'jobs/**/*.ts'])

const lines = files.map((file) => file.lines).sort((a, b) => a - b)
const long = files.flatMap(({ path, functions }) =>
  functions.filter((each) => each.lines > 60).map((each) => `${path} ${each.name} (${each.lines})`),
)
const twice = [...Map.groupBy(files.flatMap(exportsOf), ({ name }) => name)].filter(([, places]) => places.length > 1)

console.table({
  'files in src and jobs': files.length,
  'lines of all of them': lines.reduce((sum, each) => sum + each, 0),
  'median lines of a file': lines[Math.floor(lines.length / 2)],
  'longest file': lines.at(-1),
  'functions over 60 lines': long.length,
  'type names exported from two files': twice.length,
  'non-null assertions': files.reduce((sum, { assertions }) => sum + assertions, 0),
  ...ownImports(),
})
for (const sentence of long) console.log(sentence)
for (const [name, places] of twice) console.log(`${name}: ${places.map(({ path }) => path).join(', ')}`)

function exportsOf({ path, exportedTypes }: SourceFile): { path: string; name: string }[] {
  return exportedTypes.map((name) => ({ path, name }))
}

/**
 * Of the imports between files of the rooms, the share that stays inside its own room. The wiring and the timetable are
 * left out. The second figure also leaves out pages and commands, which show every room, and the platform, which serves
 * every room.
 */
function ownImports(): Record<string, string> {
  const rooms = importsBetween(['wiring', 'jobs'])
  const capabilities = importsBetween(['wiring', 'jobs', 'web', 'cli', 'platform'])
  return { 'imports inside their own room': share(rooms), 'the same between capabilities': share(capabilities) }
}

function importsBetween(left: string[]): { from: string; to: string }[] {
  return files
    .flatMap(({ path, imports }) => imports.map((target) => ({ from: roomOf(path), to: roomOf(target) })))
    .filter(({ from, to }) => !left.includes(from) && !left.includes(to))
}

function share(imports: { from: string; to: string }[]): string {
  const own = imports.filter(({ from, to }) => from === to).length
  return `${Math.round((100 * own) / imports.length)} % of ${imports.length}`
}
