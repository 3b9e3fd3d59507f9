/**
 * Holds what a page loads at first against the budgets in package.json, gzipped: the entry and all
 * that it imports statically, without React and TanStack Query, which a host shares with others, but
 * in the element with everything.
 */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { budgets } = JSON.parse(await readFile('package.json', 'utf8'));
const external = ['react', 'react/jsx-runtime', '@tanstack/query-core'];
let over = 0;

for (const [entry, budget] of Object.entries(budgets)) {
  const name = entry === '.' ? 'index' : entry.slice(2);
  const { metafile, outputFiles } = await build({
    entryPoints: [`dist/${name}.js`], bundle: true, splitting: true, minify: true, format: 'esm', outdir: 'out', metafile: true, write: false,
    logLevel: 'error', external: name === 'element' ? [] : external,
  });
  const content = new Map(outputFiles.map(({ path, contents }) => [path.replace(`${process.cwd()}/`, ''), contents]));
  const loaded = new Set();
  const follow = (file) => {
    if (loaded.has(file) || !content.has(file)) return;
    loaded.add(file);
    for (const { path, kind } of metafile.outputs[file].imports) if (kind === 'import-statement') follow(path);
  };
  follow(`out/${name}.js`);
  // The element is shipped minified: measured as it is.
  const size = name === 'element'
    ? gzipSync(await readFile('dist/element.js'), { level: 9 }).length
    : [...loaded].reduce((sum, file) => sum + gzipSync(content.get(file), { level: 9 }).length, 0);
  const fits = size <= budget;
  if (!fits) over += 1;
  console.log(`${fits ? 'ok  ' : 'OVER'} ${entry.padEnd(10)} ${(size / 1000).toFixed(1)} kB of ${budget / 1000} kB`);
}
process.exit(over ? 1 : 0);
