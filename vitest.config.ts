import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/world/template.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // for two cores: one more, since tests wait as well as work
    maxWorkers: 3,
    pool: 'forks',
  },
})
