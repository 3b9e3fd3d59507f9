/**
 * Sends the 20,000 flights of vega-datasets through the published SDK: creates the meters, sends
 * the events in batches of 1,000, and prints one line per airport with a portal token for it, as
 * "token AIRPORT TOKEN". The events are those of docs/guide/flights-to-events.mjs.
 */
import { readFile } from 'node:fs/promises';
import { OpenMeter } from '@openmeter/sdk';
import { flightEvents } from '../../../../docs/guide/flights-to-events.mjs';
import { apiKey, baseUrl } from './setup.mjs';

const BATCH = 1_000;
const openmeter = new OpenMeter({ baseUrl, apiKey });

const eventType = 'flight';
const groupBy = { destination: '$.destination' };
const delay = { eventType, valueProperty: '$.delay', groupBy };

for (const meter of [
  { slug: 'distance', aggregation: 'SUM', eventType, valueProperty: '$.distance', groupBy },
  { slug: 'delay_average', aggregation: 'AVG', ...delay },
  { slug: 'delay_least', aggregation: 'MIN', ...delay },
  { slug: 'delay_greatest', aggregation: 'MAX', ...delay },
  { slug: 'delay_latest', aggregation: 'LATEST', ...delay },
  { slug: 'flights', aggregation: 'COUNT', eventType, groupBy },
  // A property is either a meter's value or one of its dimensions.
  {
    slug: 'destinations',
    aggregation: 'UNIQUE_COUNT',
    eventType,
    valueProperty: '$.destination',
  },
]) {
  await openmeter.meters.create(meter);
}

const data = new URL('./node_modules/vega-datasets/data/flights-20k.json', import.meta.url);
const events = flightEvents(JSON.parse(await readFile(data, 'utf8')));
for (let start = 0; start < events.length; start += BATCH) {
  await openmeter.events.ingest(events.slice(start, start + BATCH));
}
await openmeter.events.ingest(events.slice(0, BATCH));
console.log(`sent ${events.length}`);

for (const subject of new Set(events.map((event) => event.subject))) {
  const { token } = await openmeter.portal.create({ subject });
  console.log(`token ${subject} ${token}`);
}
