import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import ordinary from './vitest.config.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The dashboard again, on React 18. */
export default defineConfig({
  resolve: {
    alias: [
      // Its modules, unlike its scripts, can be given another React.
      { find: /^@testing-library\/react$/, replacement: at('node_modules/@testing-library/react/dist/@testing-library/react.esm.js') },
      { find: /^react-dom(\/.*)?$/, replacement: `${at('compat/react18/node_modules/react-dom')}$1` },
      { find: /^react(\/.*)?$/, replacement: `${at('compat/react18/node_modules/react')}$1` },
    ],
  },
  define: { ...ordinary.define, __REACT__: '"18"' },
  test: { ...ordinary.test, include: ['test/dashboard.test.tsx'], server: { deps: { inline: [/testing-library/] } } },
});
