import { isOffline, listen } from './browser.js';
import type { UsageSource } from './client.js';
import { isPortalError } from './problem.js';
import { readEvents } from './sse.js';

/**
 * `live`: changes are told. `polling`: they are asked for. `reconnecting`: the stream broke a moment
 * ago. `paused`: the reader wants stillness. `offline`: no network. `off`: not wanted or not started.
 */
export type LiveStatus = 'off' | 'connecting' | 'live' | 'polling' | 'reconnecting' | 'paused' | 'offline';

const HIDDEN_MILLIS = 60_000;
const SILENCE_MILLIS = 45_000;
const LONGEST_WAIT = 30_000;
const TRIES = 3;
const AGAIN_MILLIS = 300_000;

/**
 * Keeps one stream of changes open. The stream only says that something changed; what it is now is
 * asked for in the ordinary way, so a lost event costs nothing. Where there is no stream, or it
 * breaks three times in a row, the status is `polling` and the caller asks by itself.
 */
export class LiveUpdates {
  #status: LiveStatus = 'off';
  #wanted = false;
  #paused = false;
  #deafen: (() => void) | undefined;
  #failures = 0;
  #retryMillis = 1_000;
  #unavailable = false;
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #watchers = new Set<() => void>();

  /** `onChange` gets the meter that changed, or null when anything may have. */
  constructor(
    private readonly source: UsageSource,
    private readonly onChange: (meter: string | null) => void,
    private readonly random: () => number = Math.random,
  ) {}

  get status(): LiveStatus {
    return this.#status;
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  start(): void {
    this.#wanted = true;
    this.#deafen ??= listen({ visibilitychange: this.#onVisibility, online: this.#onOnline, offline: this.#onOffline });
    this.#connect();
  }

  stop(): void {
    this.#wanted = false;
    this.#deafen?.();
    this.#deafen = undefined;
    this.#disconnect('off');
  }

  pause(): void {
    this.#paused = true;
    this.#disconnect('paused');
  }

  resume(): void {
    this.#paused = false;
    this.#failures = 0;
    if (this.#wanted) this.#connect();
    this.onChange(null);
  }

  /** The session is over: nothing to listen to until there is a new token. */
  suspend(): void {
    if (!this.#paused) this.#disconnect('off');
  }

  wake(): void {
    if (this.#wanted && !this.#paused && !this.#abort) this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = undefined;
    if (!this.#wanted || this.#paused) return;
    if (isOffline()) return this.#set('offline');
    if (!this.source.stream || this.#unavailable) return this.#set('polling');
    const abort = new AbortController();
    this.#abort = abort;
    if (this.#status !== 'reconnecting' && this.#status !== 'polling') this.#set('connecting');
    void this.#listen(abort).then(
      () => this.#ended(abort),
      (error: unknown) => this.#failed(abort, error),
    );
  }

  async #listen(abort: AbortController): Promise<void> {
    const response = await this.source.stream!({ signal: abort.signal });
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const beat = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => this.#failed(abort), SILENCE_MILLIS);
    };
    beat();
    try {
      await readEvents(response.body!, {
        onBeat: beat,
        onRetry: (millis) => (this.#retryMillis = millis),
        onEvent: ({ event, data }) => this.#heard(event, data),
      });
    } finally {
      clearTimeout(watchdog);
    }
  }

  #heard(event: string, data: string): void {
    const { meter, expiresAt, serverTime, reason } = membersOf(data);
    if (event === 'ready') {
      this.#failures = 0;
      if (serverTime) this.source.tokens.learn(Date.parse(serverTime), Date.parse(expiresAt ?? ''));
      this.#set('live');
      this.onChange(null);
    }
    if (event === 'usage.changed') this.onChange(meter ?? null);
    // A refused token is noticed by the next query, which also knows what to do then.
    if (event === 'end' && reason !== 'shutdown') this.onChange(null);
  }

  #ended(abort: AbortController): void {
    if (abort !== this.#abort) return;
    this.#abort = undefined;
    this.#set('reconnecting');
    this.#again(this.#retryMillis);
  }

  #failed(abort: AbortController, error?: unknown): void {
    if (abort !== this.#abort) return;
    this.#abort = undefined;
    abort.abort();
    if (isOffline()) return this.#set('offline');
    const status = isPortalError(error) ? error.status : 0;
    if (status === 401) return this.#set('off');
    this.#unavailable = status === 404 || status === 406 || status === 501;
    this.#failures += 1;
    if (this.#unavailable) return this.#set('polling');
    this.#set(this.#failures < TRIES ? 'reconnecting' : 'polling');
    if (this.#failures >= TRIES) return this.#again(AGAIN_MILLIS);
    const asked = isPortalError(error) ? error.retryAfterMs : undefined;
    this.#again(asked ?? Math.min(LONGEST_WAIT, this.#retryMillis * 2 ** (this.#failures - 1)));
  }

  /** Not all readers at once: somewhere between half and one and a half of the time. */
  #again(millis: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), millis * (0.5 + this.random()));
  }

  #disconnect(status: LiveStatus): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#hiddenTimer);
    const abort = this.#abort;
    this.#abort = undefined;
    abort?.abort();
    this.#set(status);
  }

  readonly #onVisibility = (): void => {
    clearTimeout(this.#hiddenTimer);
    if (document.visibilityState === 'hidden') {
      if (!this.#paused) this.#hiddenTimer = setTimeout(() => this.#disconnect('off'), HIDDEN_MILLIS);
    } else {
      this.wake();
    }
  };

  readonly #onOnline = (): void => {
    this.#failures = 0;
    if (!this.#paused) this.#connect();
  };

  readonly #onOffline = (): void => {
    if (!this.#paused) this.#disconnect('offline');
  };

  #set(status: LiveStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    for (const watcher of [...this.#watchers]) watcher();
  }
}

type Told = Partial<Record<'meter' | 'expiresAt' | 'serverTime' | 'reason', string>>;

function membersOf(data: string): Told {
  try {
    return JSON.parse(data) as Told;
  } catch {
    return {};
  }
}
