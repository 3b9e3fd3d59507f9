import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __CSS__: '""' },
  test: {
    environment: 'jsdom',
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
