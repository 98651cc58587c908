import { defineConfig } from 'vitest/config'

/** Tests run as the program does: in plain Node, its own type stripping, no bundler between. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    pool: 'forks',
    maxWorkers: 3, // many tests wait for time limits, not for a processor
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 15_000,
    experimental: { viteModuleRunner: false },
  },
})
