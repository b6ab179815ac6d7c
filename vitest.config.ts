import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/world/template.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // for two cores: two more, since tests wait for a third of their time
    maxWorkers: 4,
    pool: 'forks',
  },
})
