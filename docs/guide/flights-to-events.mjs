/**
 * Turns the flights of vega-datasets (data/flights-20k.json) into CloudEvents, one a line:
 *
 *     node flights-to-events.mjs flights-20k.json > flights.ndjson
 *
 * A flight becomes an event of type "flight" whose subject is the airport it left from. The data
 * says "2001/01/31 11:40" without a zone; read as UTC here. Its position in the file is its id, so
 * that sending a file twice counts no flight twice.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The events of these flights, in the same order. */
export function flightEvents(flights) {
  return flights.map(({ date, origin, ...rest }, index) => ({
    specversion: '1.0',
    id: `flight-${index + 1}`,
    source: 'vega-datasets/flights-20k',
    type: 'flight',
    subject: origin,
    time: instant(date),
    data: rest,
  }));
}

function instant(date) {
  const [, year, month, day, time] = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}:\d{2})$/.exec(date);
  return `${year}-${month}-${day}T${time}:00Z`;
}

const isRunAsProgram =
  process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isRunAsProgram) {
  const flights = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  const lines = flightEvents(flights).map((event) => `${JSON.stringify(event)}\n`);
  process.stdout.write(lines.join(''));
}
