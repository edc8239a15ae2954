import type * as z from 'zod';
import type { RouteContract } from '#shared/contracts/route';

/** Longer than any route takes; HTTP APIs give up after 30 seconds. */
const API_TIMEOUT_MS = 29_000;

type In<T> = T extends z.ZodType ? z.input<T> : Record<string, never>;
type Out<R extends RouteContract> = R['response'] extends z.ZodType ? z.output<R['response']> : unknown;

/** What a route takes. Empty texts and `undefined` in the query are left out, so that an unset filter is none. */
export type Call<R extends RouteContract> = {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** The same key for the same form, so that a form sent twice does it once. */
  readonly idempotencyKey?: string | undefined;
} & (R['params'] extends z.ZodType ? { readonly params: In<R['params']> } : { readonly params?: undefined }) &
  (R['body'] extends z.ZodType ? { readonly body?: In<R['body']> } : { readonly body?: undefined });

export type DownloadedFile = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly disposition: string | undefined;
};

/** The public API as the person who is signed in: the console knows and may nothing beside it. */
export type Api = {
  /** @throws ApiProblem as the API refuses; what it answers is held against the contract. */
  readonly call: <const R extends RouteContract>(route: R, call: Call<R>) => Promise<Out<R>>;
  /** `undefined` where the person may not see it or there is none (403, 404): a part of a page that is left out. */
  readonly maybe: <const R extends RouteContract>(route: R, call: Call<R>) => Promise<Out<R> | undefined>;
  readonly download: <const R extends RouteContract>(route: R, call: Call<R>) => Promise<DownloadedFile>;
  readonly upload: <const R extends RouteContract>(
    route: R,
    call: Call<R>,
    file: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> },
  ) => Promise<Out<R>>;
  readonly spent: () => { readonly calls: number; readonly ms: number };
};

/** A refusal of the API (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly rule: string }[];
  /** Members of this kind of problem alone, such as `duePeriod`. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Readonly<Record<string, unknown>>) {
    const detail = typeof problem.detail === 'string' ? problem.detail : 'The service did not answer as expected.';
    super(detail);
    this.status = status;
    this.code = typeof problem.code === 'string' ? problem.code : 'internal_error';
    this.detail = detail;
    this.errors = Array.isArray(problem.errors) ? (problem.errors as ApiProblem['errors']) : [];
    this.more = problem;
  }
}

/**
 * What an address names below a partner belongs to it: who acts for several partners, and staff, read nothing of one as another's.
 * @throws ApiProblem 404
 */
export function requireOwn(one: { readonly partnerId: string }, partnerId: string | undefined): void {
  if (one.partnerId === partnerId) return;
  throw new ApiProblem(404, { code: 'not_found', detail: 'There is no such thing of this partner.' });
}

export function makeApi(origin: string, token: string, send: typeof fetch = fetch): Api {
  let calls = 0;
  let ms = 0;
  const request = async (
    route: RouteContract,
    call: Call<RouteContract>,
    body?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> | string },
  ): Promise<Response> => {
    calls += 1;
    const began = performance.now();
    const response = await send(addressOf(origin, route, call), {
      method: route.method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': body.type } : {}),
        ...(call.idempotencyKey ? { 'idempotency-key': call.idempotencyKey } : {}),
      },
      ...(body ? { body: body.bytes } : {}),
      signal: AbortSignal.timeout(API_TIMEOUT_MS),
    }).catch(() => {
      throw new ApiProblem(503, {
        code: 'temporarily_unavailable',
        detail: 'The service could not be reached. Wait a moment and repeat; nothing is done twice.',
      });
    });
    ms += performance.now() - began;
    if (response.ok) return response;
    throw new ApiProblem(response.status, (await response.json().catch(() => ({}))) as Record<string, unknown>);
  };
  const parsed = async <R extends RouteContract>(route: R, response: Response): Promise<Out<R>> => {
    const schema =
      response.status === 202 && route.accepted
        ? route.accepted
        : response.status === 200 && route.status !== 200 && route.repeated
          ? route.repeated
          : route.response;
    if (!schema) return undefined as Out<R>;
    return schema.parse(await response.json()) as Out<R>;
  };
  const call: Api['call'] = async (route, given) => {
    const { body } = given as { readonly body?: unknown };
    const sent = body === undefined ? undefined : { type: 'application/json', bytes: JSON.stringify(body) };
    return parsed(route, await request(route, given as Call<RouteContract>, sent));
  };
  return {
    call,
    maybe: async (route, given) => {
      try {
        return await call(route, given);
      } catch (error) {
        if (error instanceof ApiProblem && (error.status === 403 || error.status === 404)) return undefined;
        throw error;
      }
    },
    download: async (route, given) => {
      const response = await request(route, given as Call<RouteContract>);
      return {
        bytes: new Uint8Array(await response.arrayBuffer()),
        type: response.headers.get('content-type') ?? 'application/octet-stream',
        disposition: response.headers.get('content-disposition') ?? undefined,
      };
    },
    upload: async (route, given, file) => parsed(route, await request(route, given as Call<RouteContract>, file)),
    spent: () => ({ calls, ms }),
  };
}

function addressOf(origin: string, route: RouteContract, call: Call<RouteContract>): URL {
  const params = (call.params ?? {}) as Readonly<Record<string, unknown>>;
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
  const address = new URL(path, origin);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined && value !== '') address.searchParams.set(name, String(value));
  }
  return address;
}
