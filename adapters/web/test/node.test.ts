// @vitest-environment node
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

it('the element can be imported where there is no document, as on a server', async () => {
  expect(globalThis.document).toBeUndefined();

  const { UsagePortalElement } = await import('../src/element/index.js');

  expect(UsagePortalElement.observedAttributes).toContain('url');
});

it('custom-elements.json says what the element has', async () => {
  const { UsagePortalElement } = await import('../src/element/index.js');
  const [{ declarations: [told] }] = JSON.parse(await readFile('custom-elements.json', 'utf8')).modules;
  const names = (list: { name: string }[]): string[] => list.map(({ name }) => name).sort();
  const properties = Object.entries(Object.getOwnPropertyDescriptors(UsagePortalElement.prototype)).flatMap(([name, { set }]) => (set ? [name] : []));
  const sources = await Promise.all(['root', 'board', 'meter-panel', 'plot', 'table', 'tooltip'].map((name) => readFile(`src/react/${name}.tsx`, 'utf8')));
  const element = await readFile('src/element/index.tsx', 'utf8');

  expect(names(told.attributes)).toEqual([...UsagePortalElement.observedAttributes].sort());
  expect(names(told.members)).toEqual(properties.sort());
  expect(names(told.cssParts)).toEqual([...new Set(sources.flatMap((text) => [...text.matchAll(/part="(\w+)"/g)].map(([, name]) => name!)))].sort());
  expect(names(told.events)).toEqual([...element.matchAll(/host\.tell\('([\w-]+)'/g)].map(([, name]) => `usage-portal:${name}`).sort());
});

it('the lock file names no registry', async () => {
  for (const folder of ['.', 'compat/react18', '../../docs/guide/examples/html', '../../docs/guide/examples/vite-react', '../../docs/guide/examples/nextjs']) {
    expect((await readFile(`${folder}/package-lock.json`, 'utf8')).match(/"resolved": "(?!file:\.\.\/meterport-web\.tgz)/g)).toBeNull();
  }
});
