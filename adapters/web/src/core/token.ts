import { isOffline, listen } from './browser.js';
import { PortalError } from './problem.js';

export type TokenReason = 'initial' | 'expiring' | 'unauthorized';

/** What a backend hands on: the token, or the answer of the token route as it is. */
export type TokenAnswer = string | { token: string; expiresAt?: string | Date };

export type FetchToken = (reason: TokenReason) => Promise<TokenAnswer>;

/** `expired`: its time is over. `ended`: refused before that, so somebody revoked it. */
export type TokenStatus = 'none' | 'refreshing' | 'valid' | 'expired' | 'ended';

const LONGEST_TIMER = 2 ** 31 - 1;
const LEEWAY = 60_000;
const RETRY = 5_000;
/** Date headers have whole seconds and a way to travel: smaller differences are noise. */
const CLOCK_STEP = 2_000;
/** So near to its end a refused token has expired. */
const TOLERANCE = 5_000;

/**
 * Holds the token, in memory and nowhere else. However many queries wait, one call fetches a new
 * one; it does so before the old one expires, and once more when the server refuses it early.
 */
export class TokenKeeper {
  #token: string | undefined;
  #expiresAt = Infinity;
  #receivedAt = 0;
  #claimed: number | undefined;
  #status: TokenStatus = 'none';
  #fetchToken: FetchToken | undefined;
  #pending: Promise<string> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #deafen: (() => void) | undefined;
  #skew = 0;
  #taken = 0;
  readonly #watchers = new Set<() => void>();

  constructor(token?: string, fetchToken?: FetchToken) {
    this.#fetchToken = fetchToken;
    if (token) this.#take(token);
  }

  get status(): TokenStatus {
    return this.#status;
  }

  get expiresAt(): number | undefined {
    return this.#expiresAt === Infinity ? undefined : this.#expiresAt;
  }

  /** How many tokens there have been. */
  get taken(): number {
    return this.#taken;
  }

  /** Milliseconds that the server's clock is ahead of this one. */
  get skew(): number {
    return this.#skew;
  }

  /** The server's clock, as far as its answers have told. */
  now(): number {
    return Date.now() + this.#skew;
  }

  /** Tells of changes of the status and of new tokens; returns how to stop that. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Takes over what the page hands in. The same token again changes nothing. */
  update(token: string | undefined, fetchToken: FetchToken | undefined): void {
    this.#fetchToken = fetchToken;
    if (token && token !== this.#token) this.#take(token);
  }

  /** Looks ahead from now on, also after sleep and when the network returns. */
  start(): void {
    this.#running = true;
    this.#schedule();
    this.#deafen ??= listen({ visibilitychange: this.#wake, online: this.#wake });
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#deafen?.();
    this.#deafen = undefined;
  }

  /** A token to send, fetched if need be. */
  async bearer(): Promise<string> {
    if (this.#token && (this.#status === 'ended' || this.now() < this.#expiresAt)) return this.#token;
    if (this.#fetchToken) return this.refresh(this.#token ? 'expiring' : 'initial');
    if (this.#token) this.#set('expired');
    throw new PortalError(401, this.#token ? 'token-expired' : 'no-token');
  }

  /** The server refused this token: another one to try once, or null if there is none. */
  async replacementOf(refused: string): Promise<string | null> {
    if (this.#token !== refused) return this.#token ?? null;
    if (this.#fetchToken) return this.refresh('unauthorized');
    this.giveUp();
    return null;
  }

  /** The server refused the replacement too, or there is none. */
  giveUp(): void {
    this.#set(this.now() >= this.#expiresAt - TOLERANCE ? 'expired' : 'ended');
  }

  async refresh(reason: TokenReason = 'expiring'): Promise<string> {
    const fetchToken = this.#fetchToken;
    if (!fetchToken) throw new PortalError(401, 'no-token');
    this.#pending ??= this.#fetch(fetchToken, reason).finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  /** What an answer says of the clock, and a session of the token's end. */
  learn(serverTime: number, expiresAt?: number): void {
    const skew = serverTime - Date.now();
    if (Number.isNaN(skew)) return;
    if (Math.abs(skew - this.#skew) > CLOCK_STEP) {
      this.#receivedAt += skew - this.#skew;
      this.#skew = skew;
    }
    const end = expiresAt || this.#claimed || Infinity;
    if (end === this.#expiresAt) return;
    this.#expiresAt = end;
    this.#schedule();
    this.#tell();
  }

  async #fetch(fetchToken: FetchToken, reason: TokenReason): Promise<string> {
    const before = this.#status;
    const hadNone = !this.#token || before === 'expired' || before === 'ended';
    this.#set('refreshing');
    try {
      const answer = await fetchToken(reason);
      if (typeof answer === 'string') return this.#take(answer);
      return this.#take(answer.token, answer.expiresAt);
    } catch (error) {
      this.#set(hadNone || this.now() >= this.#expiresAt ? 'expired' : 'valid');
      throw error;
    }
  }

  #take(token: string, expiresAt?: string | Date): string {
    this.#token = token;
    this.#taken += 1;
    this.#receivedAt = this.now();
    this.#claimed = expiresAt ? new Date(expiresAt).getTime() : undefined;
    // A token that comes already expired means that this clock is wrong, until the server tells the time.
    this.#expiresAt = this.#claimed && this.#claimed > this.#receivedAt ? this.#claimed : Infinity;
    this.#status = 'valid';
    this.#schedule();
    this.#tell();
    return token;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#running && this.#left() < Infinity) {
      this.#timer = setTimeout(this.#wake, Math.min(Math.max(this.#left(), 0), LONGEST_TIMER));
    }
  }

  /** Until the token is to be replaced, or over where nothing can replace it. */
  #left(): number {
    const leeway = this.#fetchToken ? Math.min(LEEWAY, (this.#expiresAt - this.#receivedAt) / 10) : 0;
    return this.#expiresAt === Infinity ? Infinity : this.#expiresAt - leeway - this.now();
  }

  /** A timer may ring late after sleep, or early when it was too long for one timer. */
  readonly #wake = (): void => {
    if (this.#left() > 0) return this.#schedule();
    if (!this.#running || this.#status === 'expired' || this.#status === 'ended') return;
    if (!this.#fetchToken) return this.#set('expired');
    if (isOffline()) return;
    this.refresh('expiring').catch(() => {
      if (this.#status === 'valid') this.#timer = setTimeout(this.#wake, RETRY);
    });
  };

  #set(status: TokenStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#tell();
  }

  #tell(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}
