import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __CSS__: '""', __REACT__: '"19"' },
  test: {
    environment: 'jsdom',
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
