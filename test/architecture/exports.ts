import type { SourceFile } from '../support/source-file.ts'

/** Type names that two files export: a name must say which type is meant. */
export function typesTwice(files: SourceFile[]): string[] {
  const places = files.flatMap(({ path, exportedTypes }) => exportedTypes.map((name) => ({ name, path })))
  return [...Map.groupBy(places, ({ name }) => name)]
    .filter(([, same]) => same.length > 1)
    .map(([name, same]) => `${name} is exported by ${same.map(({ path }) => path).join(' and ')}`)
}

/**
 * Constants and functions that a file of the program exports and that no file imports, tests included. Files that are imported
 * whole, such as migrations and configurations, are left out.
 */
export function unusedExports(files: SourceFile[]): string[] {
  const imported = new Set(files.flatMap(({ importedNames }) => importedNames))
  const whole = new Set(files.flatMap(({ wholeImports }) => wholeImports))
  return files
    .filter(({ path }) => /^(?:src|jobs)\//.test(path) && !path.includes('/migrations/') && !whole.has(path))
    .flatMap(({ path, exportedValues }) =>
      exportedValues
        .filter((name) => !imported.has(name))
        .map((name) => `${path} exports ${name}, which no file imports`),
    )
}
