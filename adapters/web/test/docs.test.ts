// @vitest-environment node
import { readdir, readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const GUIDE = '../../docs/guide';
const pages = ['README.md', ...(await readdir(GUIDE)).filter((name) => name.endsWith('.md')).map((name) => `${GUIDE}/${name}`)];
const files = (await readdir(`${GUIDE}/examples`, { recursive: true }))
  .filter((name) => /\.(tsx?|mjs|js|html|css)$/.test(name) && !/node_modules|\.next|dist\//.test(name));
const examples = await Promise.all(files.map(async (name) => ({ name, lines: await readFile(`${GUIDE}/examples/${name}`, 'utf8') })));

/** The code for browsers; that for a shell and for Node is run by a test of the server. */
const blocks = (await Promise.all(pages.map(async (page) => {
  const text = await readFile(page, 'utf8');
  return [...text.matchAll(/^```(tsx?|html|css|javascript)\n([\s\S]*?)^```$/gm)].map(([, , code], at) => ({ page: page.split('/').at(-1)!, at: at + 1, code: code! }));
}))).flat();

describe('the pages', () => {
  it('show code at all', () => {
    expect(new Set(blocks.map(({ page }) => page))).toEqual(new Set(['README.md', 'react.md', 'element.md', 'frame.md']));
  });

  it.each(blocks)('$page, block $at, stands so in an example, which is clicked through', ({ code }) => {
    expect(examples.filter(({ lines }) => `\n${lines}`.includes(`\n${code}`)).map(({ name }) => name), code).not.toEqual([]);
  });

  it.each(pages)('%s links to what is there', async (page) => {
    const folder = new URL(page, `file://${process.cwd()}/`);
    const text = (await readFile(page, 'utf8')).replace(/^```[\s\S]*?^```$/gm, '');

    for (const [, link] of text.matchAll(/(?:\]\(|src=")(?!https?:|#)([^)#"]+)/g)) {
      await expect(stat(new URL(link!, folder)), link).resolves.toBeTruthy();
    }
  });
});
