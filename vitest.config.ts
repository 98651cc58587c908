import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { findTestFiles } from './test/support/unit-tests.ts'

process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache') // halves the time to load the program
const { unit, others } = findTestFiles()

/** Tests run as the program does: in plain Node, its own type stripping, no bundler between. */
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false, // a process loads the program once for all files that it runs
    maxWorkers: 3, // many tests wait for other processes, not for a processor
    testTimeout: 120_000,
    hookTimeout: 60_000,
    teardownTimeout: 15_000,
    experimental: { viteModuleRunner: false },
    projects: [
      { extends: true, test: { name: 'unit', include: unit } },
      { extends: true, test: { name: 'servers', include: others, globalSetup: 'test/support/global-setup.ts' } },
    ],
  },
})
