/** A refusal of the server (RFC 9457), or `status` 0 with the code `network` when none answered. */
export class PortalError extends Error {
  override readonly name = 'PortalError';
  readonly status: number;
  /** Stable and kebab-case, such as `unknown-meter`; the list is in docs/openapi.yaml. */
  readonly code: string;
  readonly type: string;
  readonly title: string;
  readonly detail: string | undefined;
  /** How long the server asks to wait. */
  readonly retryAfterMs: number | undefined;
  /** For support: the server logs it too. */
  readonly requestId: string | undefined;

  constructor(status: number, code: string, problem: Problem = {}, retryAfterMs?: number) {
    super(problem.detail ?? problem.title ?? code);
    this.status = status;
    this.code = code;
    this.type = problem.type ?? 'about:blank';
    this.title = problem.title ?? '';
    this.detail = problem.detail;
    this.retryAfterMs = retryAfterMs;
    this.requestId = problem.instance?.replace('urn:request:', '');
  }
}

interface Problem {
  type?: string;
  title?: string;
  code?: string;
  detail?: string;
  instance?: string;
}

/** Also true for errors of another copy of this package, where `instanceof` is not. */
export function isPortalError(error: unknown): error is PortalError {
  return error instanceof Error && error.name === 'PortalError';
}

export async function problemOf(response: Response): Promise<PortalError> {
  let problem: Problem = {};
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    problem = (await response.json().catch(() => ({}))) as Problem;
  }
  problem.title ??= response.statusText;
  const code = problem.code ?? `http-${response.status}`;
  return new PortalError(response.status, code, problem, retryAfter(response));
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return seconds >= 0 ? seconds * 1000 : undefined;
}
