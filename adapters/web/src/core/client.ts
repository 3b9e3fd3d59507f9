import type { LiveUpdates } from './live.js';
import { PortalError, problemOf } from './problem.js';
import { TokenKeeper, type FetchToken } from './token.js';
import type {
  MeterQuery, MeterQueryResult, MeterQueryRow, PortalMeter, Session, UsageAnswer, UsageRequest,
} from './wire.js';

export interface PortalClientOptions {
  /** Where Meterport is, such as `https://usage.example.com`; a path in it is kept. */
  url: string;
  token?: string;
  fetchToken?: FetchToken;
  /** Instead of the global one. */
  fetch?: typeof fetch;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface CsvFile {
  name: string;
  content: Blob;
}

/** What the hooks and components read from: a {@link PortalClient}, or fixed data. */
export interface UsageSource {
  readonly tokens: TokenKeeper;
  session(options?: CallOptions): Promise<Session>;
  meters(options?: CallOptions): Promise<readonly PortalMeter[]>;
  usage(request: UsageRequest, options?: CallOptions): Promise<UsageAnswer>;
  csv(request: UsageRequest, options?: CallOptions): Promise<CsvFile>;
  values(slug: string, key: string, range?: DateRange, options?: CallOptions): Promise<readonly string[]>;
  /** The stream of changes, if there is one. */
  stream?(options?: CallOptions): Promise<Response>;
}

export interface DateRange {
  from?: string | Date;
  to?: string | Date;
}

/** A row with its instants as dates, as the published client gives them. */
export type DatedRow = Omit<MeterQueryRow, 'windowStart' | 'windowEnd'> & { windowStart: Date; windowEnd: Date };
export type DatedResult = Omit<MeterQueryResult, 'data' | 'from' | 'to'> & { from?: Date; to?: Date; data: DatedRow[] };

const LONGEST_QUESTION = 8192;

/** Asks Meterport's portal on behalf of the one subject that the token names. */
export class PortalClient implements UsageSource {
  readonly tokens: TokenKeeper;
  readonly #base: string;
  readonly #fetch: typeof fetch;

  constructor({ url, token, fetchToken, fetch: custom }: PortalClientOptions) {
    this.#base = `${url.replace(/\/+$/, '')}/api/v1/portal`;
    this.#fetch = custom ?? ((...call) => fetch(...call));
    this.tokens = new TokenKeeper(token, fetchToken);
  }

  /** As `query` of the published client for browsers: instants come back as dates. */
  async query(slug: string, query: MeterQuery = {}, options?: CallOptions): Promise<DatedResult> {
    const result = await this.#json<MeterQueryResult>(queryPath(slug, query), options);
    const { from, to, data } = result;
    return {
      ...result,
      ...(from && { from: new Date(from) }),
      ...(to && { to: new Date(to) }),
      data: data.map((row) => ({
        ...row, windowStart: new Date(row.windowStart), windowEnd: new Date(row.windowEnd),
      })),
    } as DatedResult;
  }

  /** As the guide to OpenMeter's portal calls it: instants stay text. */
  async queryPortalMeter(
    { meter, meterSlug = meter, ...query }: MeterQuery & { meter?: string; meterSlug?: string },
    options?: CallOptions,
  ): Promise<{ data: MeterQueryResult }> {
    if (!meterSlug) throw new TypeError('queryPortalMeter needs a meter.');
    return { data: await this.#json<MeterQueryResult>(queryPath(meterSlug, query), options) };
  }

  async usage(request: UsageRequest, options?: CallOptions): Promise<UsageAnswer> {
    return (await this.#ask(request, 'application/json', options)).json() as Promise<UsageAnswer>;
  }

  /** The server's own table of exactly one meter. */
  async csv(request: UsageRequest, options?: CallOptions): Promise<CsvFile> {
    const response = await this.#ask(request, 'text/csv', options);
    const name = /filename="?([^";]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    return { name: name ?? `${request.meters[0]?.meter ?? 'usage'}.csv`, content: await response.blob() };
  }

  async session(options?: CallOptions): Promise<Session> {
    const session = await this.#json<Session>('/session', options);
    this.tokens.learn(Date.parse(session.serverTime), Date.parse(session.expiresAt));
    return session;
  }

  meters(options?: CallOptions): Promise<readonly PortalMeter[]> {
    return this.#json('/meters', options);
  }

  /** The values that a dimension has had for this subject. */
  values(slug: string, key: string, range: DateRange = {}, options?: CallOptions): Promise<readonly string[]> {
    const path = `/meters/${encodeURIComponent(slug)}/group-by/${encodeURIComponent(key)}/values`;
    return this.#json(path + search(pairs({ from: range.from, to: range.to })), options);
  }

  /**
   * Tells of changes as they come, or that something may have changed (null), until it is stopped.
   * What does so is loaded only now.
   */
  async follow(onChange: (meter: string | null) => void): Promise<LiveUpdates> {
    const updates = new (await import('./live.js')).LiveUpdates(this, onChange);
    updates.start();
    return updates;
  }

  stream(options?: CallOptions): Promise<Response> {
    return this.#send('/stream', 'text/event-stream', options);
  }

  #ask(request: UsageRequest, accept: string, options?: CallOptions): Promise<Response> {
    const body = JSON.stringify(request);
    const question = encodeURIComponent(body);
    return question.length <= LONGEST_QUESTION
      ? this.#send(`/query?q=${question}`, accept, options)
      : this.#send('/query', accept, options, body);
  }

  async #json<T>(path: string, options?: CallOptions): Promise<T> {
    return (await this.#send(path, 'application/json', options)).json() as Promise<T>;
  }

  /**
   * No `cache` option and no header beyond these two: the server's `no-cache` makes the browser
   * revalidate by itself, and anything more would cost a preflight for every call.
   */
  async #send(path: string, accept: string, options: CallOptions = {}, body?: string): Promise<Response> {
    let bearer = await this.tokens.bearer();
    let response = await this.#once(path, accept, bearer, options, body);
    if (response.status === 401) {
      const replacement = await this.tokens.replacementOf(bearer);
      if (replacement) {
        bearer = replacement;
        response = await this.#once(path, accept, bearer, options, body);
        if (response.status === 401) this.tokens.giveUp();
      }
    }
    this.tokens.learn(Date.parse(response.headers.get('date') ?? ''));
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  async #once(path: string, accept: string, bearer: string, { signal }: CallOptions, body?: string) {
    const headers: Record<string, string> = { accept, authorization: `Bearer ${bearer}` };
    if (body) headers['content-type'] = 'application/json';
    try {
      return await this.#fetch(this.#base + path, {
        headers,
        ...(body && { method: 'POST', body }),
        ...(signal && { signal }),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new PortalError(0, 'network');
    }
  }
}

function queryPath(slug: string, { filterGroupBy = {}, advancedMeterGroupByFilters, ...rest }: MeterQuery): string {
  const list = pairs({ ...rest });
  for (const [key, values] of Object.entries(filterGroupBy)) {
    for (const value of [values].flat()) list.push([`filterGroupBy[${key}]`, value as string]);
  }
  if (advancedMeterGroupByFilters) {
    list.push(['advancedMeterGroupByFilters', JSON.stringify(advancedMeterGroupByFilters)]);
  }
  return `/meters/${encodeURIComponent(slug)}/query${search(list)}`;
}

function pairs(members: Record<string, string | Date | readonly string[] | undefined>): [string, string][] {
  return Object.entries(members).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one instanceof Date ? one.toISOString() : String(one)]));
}

function search(list: [string, string][]): string {
  const text = String(new URLSearchParams(list)).replaceAll('+', '%20');
  return text && `?${text}`;
}
