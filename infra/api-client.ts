/** A thin client of the public API: JSON in, JSON out, a problem document as an error. */
export type ApiClient = {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown, options?: { idempotencyKey?: string }): Promise<T>;
  /** A POST whose status is wanted: 201 for something new, 200 for what was there. */
  send(path: string, body: unknown): Promise<{ status: number }>;
  put<T>(path: string, body: unknown): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
  text(path: string): Promise<string>;
  /** Every item of a list, page by page. */
  list<T>(path: string): Promise<T[]>;
};

export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly problem: Record<string, unknown>;

  constructor(status: number, problem: Record<string, unknown>, request: string) {
    super(`${request}: ${status} ${String(problem.code)}: ${String(problem.detail)}`);
    this.status = status;
    this.code = String(problem.code);
    this.problem = problem;
  }
}

/** Tries of a request that met no server or a busy one; every request here can be repeated safely. */
const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 100;
const TOO_MANY_REQUESTS = 429;

export function makeApiClient(apiUrl: string, token: string): ApiClient {
  const once = async (method: string, path: string, body: unknown, idempotencyKey?: string): Promise<Response> =>
    fetch(new URL(path, apiUrl), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  const request = async (method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<Response> => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await once(method, path, body, idempotencyKey).catch((error: unknown) => {
        if (attempt === MAX_TRIES) throw error;
        return undefined;
      });
      if (response?.ok) return response;
      const isBusy = response && (response.status >= 500 || response.status === TOO_MANY_REQUESTS);
      if (response && (!isBusy || attempt === MAX_TRIES)) {
        const problem = (await response.json().catch(() => ({}))) as Record<string, unknown>;
        throw new ApiProblem(response.status, problem, `${method} ${path}`);
      }
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** attempt));
    }
  };

  const get = async <T>(path: string): Promise<T> => (await (await request('GET', path)).json()) as T;
  return {
    get,
    post: async (path, body, options) =>
      (await (await request('POST', path, body, options?.idempotencyKey)).json()) as never,
    send: async (path, body) => {
      const answer = await request('POST', path, body);
      await answer.body?.cancel();
      return { status: answer.status };
    },
    put: async (path, body) => (await (await request('PUT', path, body)).json()) as never,
    patch: async (path, body) => (await (await request('PATCH', path, body)).json()) as never,
    text: async (path) => (await request('GET', path)).text(),
    list: async <T>(path: string): Promise<T[]> => {
      const items: T[] = [];
      let cursor: string | undefined;
      do {
        const joint = path.includes('?') ? '&' : '?';
        const page = await get<{ items: T[]; nextCursor?: string }>(
          cursor ? `${path}${joint}cursor=${encodeURIComponent(cursor)}` : path,
        );
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      return items;
    },
  };
}
