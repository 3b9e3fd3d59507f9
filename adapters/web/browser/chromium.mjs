/** The Chromium that is there: the one that CHROMIUM names, the system's, or the one that playwright installed. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

export const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', '--force-device-scale-factor=1', '--font-render-hinting=none',
  '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
export const CHROMIUM = process.env.CHROMIUM ?? found();

function found() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const program = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), chromium.executablePath()].find((path) => existsSync(path));
  if (program) return program;
  console.error('Chromium was not found: install it (Debian: apt-get install chromium; elsewhere: npx playwright-core install chromium), or let CHROMIUM name its program.');
  process.exit(1);
}
