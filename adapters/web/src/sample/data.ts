import { spanOf } from '../core/period.js';
import type { Session } from '../core/wire.js';
import { addDays, localOf } from '../core/zone.js';
import type { Sample, SampleEvent, SampleMeter } from './engine.js';

export const METERS: readonly SampleMeter[] = [
  {
    slug: 'tokens', name: 'Tokens', description: 'Input and output tokens of all models.', unit: 'tokens', aggregation: 'SUM', property: 'tokens',
    groupBy: [{ key: 'model', label: 'Model' }, { key: 'type', label: 'Type' }, { key: 'region', label: 'Region' }],
  },
  {
    slug: 'requests', name: 'API requests', description: 'Successful calls.', unit: 'requests', aggregation: 'SUM', property: 'requests',
    groupBy: [{ key: 'model', label: 'Model' }, { key: 'region', label: 'Region' }],
  },
  { slug: 'transfer', name: 'Data transfer', unit: 'bytes', aggregation: 'SUM', property: 'bytes', groupBy: [{ key: 'region', label: 'Region' }] },
  { slug: 'latency', name: 'Response time', unit: 'ms', aggregation: 'AVG', property: 'millis', groupBy: [{ key: 'model', label: 'Model' }] },
];

const MODELS: [name: string, weight: number, type: string][] = [
  ['gpt-4o', 1, 'output'], ['gpt-4o-mini', 0.64, 'input'], ['claude-sonnet-4', 0.9, 'output'], ['llama-3.3-70b', 0.36, 'input'],
  ['mistral-large', 0.22, 'output'], ['gemini-2.5-flash', 0.31, 'input'], ['command-r', 0.12, 'input'], ['deepseek-v3', 0.16, 'output'],
  ['qwen-2.5', 0.07, 'input'],
];
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-south-1'];

/** Half a year of plausible usage up to now; the same for the same day. */
export function sampleOf(now: number, zone = 'America/New_York', days = 190): Sample {
  const start = addDays(now, -days, zone);
  const random = randomFrom(20261);
  const events: SampleEvent[] = [];
  for (let hour = start; hour <= now; hour += 3_600_000) {
    const local = localOf(hour, zone);
    const weekend = [0, 6].includes(new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay());
    const daily = 0.35 + Math.max(0, Math.sin(((local.hour - 5) / 24) * 2 * Math.PI)) * 1.1;
    const growth = 0.6 + (0.75 * (hour - start)) / (now - start);
    const mood = 0.85 + 0.3 * hash(Math.floor(hour / 86_400_000));
    MODELS.forEach(([model, weight, type], at) => {
      const since = at === 2 ? Math.min(1, Math.max(0.02, (hour - start) / (days * 86_400_000) - 0.55) * 4) : 1;
      const volume = weight * daily * growth * mood * since * (weekend ? 0.42 : 1) * (0.75 + 0.5 * random());
      const requests = Math.round(volume * 120);
      if (!requests) return;
      events.push({
        time: hour + Math.floor(random() * 3_000_000),
        data: {
          model, type, region: REGIONS[Math.floor(random() ** 1.6 * 3)]!, requests, tokens: Math.round(requests * (38 + 14 * random())),
          bytes: requests * Math.round(2_400_000 + 900_000 * random()), millis: Math.round(180 + 90 * at + 160 * random() * daily),
        },
      });
    });
  }
  events.sort((a, b) => a.time - b.time);
  return { meters: METERS, events: events.filter(({ time }) => time <= now), session: sessionOf(now, zone) };
}

export function sessionOf(now: number, zone: string, meters: readonly SampleMeter[] = METERS): Session {
  const current = spanOf('current', now, zone);
  const previous = spanOf('previous', now, zone);
  const range = ({ from, to }: { from: number; to: number }) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  return {
    subject: { key: 'acme', displayName: 'Acme, Inc.' },
    tokenId: '01KAQ3W8ZC5V7N2M4T6R9X1YHB',
    expiresAt: new Date(now + 3_600_000).toISOString(),
    serverTime: new Date(now).toISOString(),
    allowedMeterSlugs: meters.map(({ slug }) => slug),
    meters: meters.map(({ property: _, ...meter }) => meter),
    timeZone: zone,
    billing: { anchor: '2026-01-01', interval: 'month', current: range(current), previous: range(previous) },
    allowances: { tokens: { value: 25_000_000, exact: '25000000' }, requests: { value: 500_000, exact: '500000' } },
    events: false,
  };
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function hash(day: number): number {
  return randomFrom(day * 7919)();
}
