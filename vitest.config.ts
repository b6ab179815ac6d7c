import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/world/template.ts'],
    testTimeout: 180_000,
    hookTimeout: 240_000,
    // a page on a busy machine may take seconds; what is right at once is not waited for
    expect: { poll: { timeout: 60_000 } },
    // for two cores: four more, since tests wait for half of their time
    maxWorkers: 6,
    pool: 'forks',
    // a worker keeps the program between files: to load it anew for each took a third of the processors' time
    isolate: false,
  },
})
