import type { UsageSource } from '../core/client.js';
import { seriesOf } from '../core/series.js';
import { csvName, csvOf } from '../core/table.js';
import { TokenKeeper } from '../core/token.js';
import type { Session, UsageAnswer, UsageRequest } from '../core/wire.js';

/** Data from anywhere: fixed answers for tests and stories, or a function that makes them. */
export interface UsageData {
  session: Session;
  usage: UsageAnswer | ((request: UsageRequest) => UsageAnswer | Promise<UsageAnswer>);
  values?: (slug: string, key: string) => readonly string[];
}

export function sourceOf({ session, usage, values }: UsageData): UsageSource {
  const tokens = new TokenKeeper('fixed');
  tokens.learn(Date.parse(session.serverTime));
  const answer = async (request: UsageRequest): Promise<UsageAnswer> =>
    typeof usage === 'function' ? usage(request) : usage;
  return {
    tokens,
    session: async () => session,
    meters: async () => session.meters,
    usage: answer,
    values: async (slug, key) => values?.(slug, key) ?? [],
    csv: async (request) => {
      const series = seriesOf(await answer(request), request.meters[0]!.meter, tokens.now())!;
      return { name: csvName(series), content: new Blob([csvOf(series, session.subject.key)], { type: 'text/csv' }) };
    },
  };
}
