/**
 * Holds what a page loads against the budgets in package.json, gzipped and with TanStack Query, but
 * without React, which the page has. `./react` is what it loads at first; `./react#dashboard` has
 * also what draws, which comes while the token is fetched; `./element` has all of that, with Preact.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { budgets } = JSON.parse(await readFile('package.json', 'utf8'));
/** Loaded when it is wanted, or never: languages, the stream of changes, fixed data. */
const SELDOM = /\/(live|data-source|ar|de|es|fr|ja|pt-BR|zh-Hans)-/;
let over = 0;

for (const [entry, budget] of Object.entries(budgets)) {
  const [name, whole] = entry === '.' ? ['index'] : entry.slice(2).split('#');
  // What browsers load as it is, is measured as it is, file by file; the rest is minified by its users.
  const contents = name === 'element' || name.endsWith('.js') ? await shipped('dist', name.endsWith('.js') ? name : 'element.js') : await bundled(name, !!whole);
  const size = contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
  const fits = size <= budget;
  if (!fits) over += 1;
  console.log(`${fits ? 'ok  ' : 'OVER'} ${entry.padEnd(18)} ${(size / 1000).toFixed(2)} kB of ${budget / 1000} kB`);
}
process.exit(over ? 1 : 0);

async function bundled(name, whole) {
  const seldom = { name: 'seldom', setup: ({ onResolve }) => onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' && !(whole && !SELDOM.test(path)) ? { path, external: true } : undefined)) };
  const { outputFiles } = await build({
    entryPoints: [`dist/${name}.js`], bundle: true, minify: true, format: 'esm', splitting: whole, outdir: 'size', write: false, logLevel: 'error',
    external: ['react', 'react/jsx-runtime'], plugins: [seldom],
  });
  return outputFiles.map(({ contents }) => contents);
}

async function shipped(folder, file, seen = new Set()) {
  const path = join(folder, file);
  if (seen.has(path)) return [];
  seen.add(path);
  const content = await readFile(path, 'utf8');
  const all = [content];
  for (const [, imported] of content.matchAll(/(?:from|import)\s?\(?"(\.[^"]+)"/g)) if (!SELDOM.test(imported)) all.push(...await shipped(dirname(path), imported, seen));
  return all;
}
