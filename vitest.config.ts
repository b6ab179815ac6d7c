import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/world/template.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // two cores: more workers only wait for each other
    maxWorkers: 2,
    pool: 'forks',
  },
})
