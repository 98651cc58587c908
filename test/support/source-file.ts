import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import {
  type Argument,
  type Declaration,
  type Expression,
  type ModuleExportName,
  type PrivateIdentifier,
  parseSync,
  type Span,
  type StringLiteral,
  Visitor,
  type VisitorObject,
} from 'oxc-parser'

/** A source file as the rules of the house see it; `path` is from the root of the checkout, with slashes. */
export type SourceFile = {
  path: string
  lines: number
  /** Files of ours that it imports, types included. */
  imports: string[]
  /** Those of them that it needs when it runs. */
  runtimeImports: string[]
  /** Packages and `node:` modules that it imports, without their inner paths. */
  packages: string[]
  /** Those of them that it needs when it runs. */
  runtimePackages: string[]
  /** Expressions such as `process.env` or `new Date()`, each once. */
  expressions: string[]
  /** What stands between quotes, and between the holes of a template. */
  texts: string[]
  /** The `name` of the job that it defines. */
  job?: string | undefined
  /** Names of the types that it exports. */
  exportedTypes: string[]
  /** Names of the constants and functions that it exports. */
  exportedValues: string[]
  /** Names that it imports from other files. */
  importedNames: string[]
  /** Files of ours that it imports whole, by `import * as` or `import()`. */
  wholeImports: string[]
  /** Its functions and methods, each with the lines from its head to its end. */
  functions: { name: string; lines: number }[]
  /** How often it says `!`: there is something here, whatever the types say. */
  assertions: number
}

const root = join(import.meta.dirname, '..', '..')

/** Every file of the project that matches one of the patterns. */
export function sourceFiles(patterns: string[]): SourceFile[] {
  const paths = globSync(patterns, { cwd: root }).map((path) => path.replaceAll('\\', '/'))
  return paths.sort().map((path) => readSource(path, readFileSync(join(root, path), 'utf8')))
}

/** Reads one file's text. */
export function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text)
  if (errors[0]) throw new Error(`${path} could not be parsed: ${errors[0].message}`)
  const found: Found = {
    ...{ specifiers: new Map(), expressions: new Set(), texts: [] },
    ...{ exportedTypes: [], exportedValues: [], importedNames: [], whole: [], functions: [], assertions: 0 },
  }
  new Visitor(noting(found, lineCounter(text))).visit(program)
  const specifiers = [...found.specifiers.keys()]
  const runtime = specifiers.filter((name) => found.specifiers.get(name))
  const inHouse = (names: string[]) => names.filter(isOurs).map((name) => posix.join(posix.dirname(path), name))
  const outside = (names: string[]) => [...new Set(names.filter((name) => !isOurs(name)).map(packageOf))]
  return {
    path,
    lines: text.trimEnd().split('\n').length,
    imports: inHouse(specifiers),
    runtimeImports: inHouse(runtime),
    packages: outside(specifiers),
    runtimePackages: outside(runtime),
    expressions: [...found.expressions],
    texts: found.texts,
    ...{
      job: found.job,
      exportedTypes: found.exportedTypes,
      exportedValues: found.exportedValues,
      importedNames: found.importedNames,
      wholeImports: inHouse(found.whole),
      functions: found.functions,
      assertions: found.assertions,
    },
  }
}

/** Of a specifier it is kept whether it is needed when the program runs. */
type Found = {
  specifiers: Map<string, boolean>
  expressions: Set<string>
  whole: string[]
} & Pick<
  SourceFile,
  'texts' | 'job' | 'exportedTypes' | 'exportedValues' | 'importedNames' | 'functions' | 'assertions'
>

function noting(found: Found, linesIn: (node: Span) => number): VisitorObject {
  const importFrom = (source: Expression | StringLiteral | null, kind: 'type' | 'value'): void => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return
    found.specifiers.set(source.value, found.specifiers.get(source.value) || kind === 'value')
  }
  const note = (name: string, node: Span): void => void found.functions.push({ name, lines: linesIn(node) })
  return {
    FunctionDeclaration: (node) => note(node.id?.name ?? 'a function', node),
    FunctionExpression: (node) => note(node.id?.name ?? 'a method', node),
    ArrowFunctionExpression: (node) => note('an arrow function', node),
    TSNonNullExpression: () => void found.assertions++,
    ImportDeclaration: ({ source, importKind, specifiers }) => {
      importFrom(source, importKind ?? 'value')
      for (const each of specifiers) {
        if (each.type === 'ImportNamespaceSpecifier') found.whole.push(source.value)
        if (each.type === 'ImportSpecifier') found.importedNames.push(moduleName(each.imported))
      }
    },
    ExportNamedDeclaration: ({ source, exportKind, declaration, specifiers }) => {
      importFrom(source, exportKind ?? 'value')
      for (const { local } of source ? specifiers : []) found.importedNames.push(moduleName(local))
      noteExports(found, declaration)
    },
    ExportAllDeclaration: ({ source, exportKind }) => importFrom(source, exportKind ?? 'value'),
    ImportExpression: ({ source }) => {
      importFrom(source, 'value')
      if (source.type === 'Literal' && typeof source.value === 'string') found.whole.push(source.value)
    },
    TSImportType: ({ source }) => importFrom(source, 'type'),
    MemberExpression: (member) => void found.expressions.add(chainOf(member)),
    NewExpression: ({ callee, arguments: given }) =>
      void found.expressions.add(`new ${chainOf(callee)}(${given.length ? '...' : ''})`),
    Literal: ({ value }) => void (typeof value === 'string' && found.texts.push(value)),
    TemplateElement: ({ value }) => void found.texts.push(value.cooked ?? value.raw),
    CallExpression: (call) => {
      if (chainOf(call.callee) === 'defineJob') found.job = nameIn(call.arguments[0])
    },
  }
}

function noteExports({ exportedTypes, exportedValues }: Found, declaration: Declaration | null): void {
  switch (declaration?.type) {
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      exportedTypes.push(declaration.id.name)
      break
    case 'FunctionDeclaration':
      if (declaration.id) exportedValues.push(declaration.id.name)
      break
    case 'VariableDeclaration':
      for (const { id } of declaration.declarations) if (id.type === 'Identifier') exportedValues.push(id.name)
  }
}

/** Counts the lines that a node takes up in a text. */
function lineCounter(text: string): (node: Span) => number {
  return ({ start, end }) => text.slice(start, end).split('\n').length
}

/** `process.env` for that expression, whatever stands before it (globalThis) or hides it in brackets. */
function chainOf(node: Expression): string {
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression') return ''
  const property = node.property.type === 'Literal' ? String(node.property.value) : nameOf(node.property)
  return [chainOf(node.object), property].filter((part) => part && part !== 'globalThis').join('.')
}

const nameOf = (node: Expression | PrivateIdentifier): string => ('name' in node ? String(node.name) : '')

/** The name of something that is imported or exported, which may stand between quotes. */
const moduleName = (node: ModuleExportName): string => ('name' in node ? node.name : node.value)

function nameIn(job: Argument | undefined): string | undefined {
  if (job?.type !== 'ObjectExpression') return undefined
  for (const property of job.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.key.name !== 'name') continue
    return property.value.type === 'Literal' ? String(property.value.value) : undefined
  }
  return undefined
}

const isOurs = (specifier: string): boolean => specifier.startsWith('.')

/** `hono/cookie` belongs to hono, `@hono/node-server/x` to @hono/node-server. */
const packageOf = (specifier: string): string =>
  specifier.startsWith('node:') ? specifier : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
