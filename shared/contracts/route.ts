import type * as z from 'zod';

/** `merchant` is the role of a merchant backend's API key; the others are people's (an API key may also hold `admin`). */
export type Role = 'partner' | 'partner_manager' | 'finance' | 'approver' | 'admin' | 'merchant';

export type Service = 'tracking' | 'referrals' | 'partners' | 'payouts' | 'notifications' | 'console';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';

/** A body that is a file of somebody else's format instead of JSON. */
export type FileBody = {
  /** Media types it may be sent as; `application/gzip` always may, and is unpacked. */
  readonly types: readonly string[];
  /** As sent. Lambda takes 6 MB a request, in which a file that is not text grows by a third. */
  readonly maxSentBytes: number;
  /** Unpacked. */
  readonly maxBytes: number;
};

/**
 * One HTTP slice. The same `name` is the file in functions/{service}/ or a folder there, the use case, the contract and the test.
 * `infra` makes the route and the function from it, the runtime parses with it, OpenAPI is generated from it.
 */
export type RouteContract = {
  readonly name: string;
  readonly service: Service;
  readonly method: Method;
  /** With `{parameter}` placeholders as in API Gateway. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  /**
   * `public`: no token. `signed_in`: whoever has a valid one, also without a role anywhere. Otherwise the roles that may call;
   * `admin` must be listed to be let in.
   */
  readonly access: 'public' | 'signed_in' | readonly Role[];
  /** Only a person may call, never an API key. */
  readonly peopleOnly?: boolean;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Instead of `body`. */
  readonly file?: FileBody;
  /** Status of the ordinary answer. */
  readonly status: number;
  readonly response?: z.ZodType;
  /** What 200 answers, instead of 201, to what was sent before. */
  readonly repeated?: z.ZodType;
  /** What 202 answers when the work goes on by itself instead. */
  readonly accepted?: z.ZodType;
  /** Pages for people that a public route answers where others answer problems, by status: when. */
  readonly pages?: Readonly<Record<number, string>>;
  /** Media type of the answer when it is not JSON. */
  readonly responseType?: string;
  /** Other methods and paths that the same function answers; such a path may end in `{proxy+}`. */
  readonly also?: readonly Pick<RouteContract, 'method' | 'path'>[];
  /** Pages for people: no part of the API, so that its document does not tell them. */
  readonly isPage?: boolean;
};

type Parsed<T> = T extends z.ZodType ? z.output<T> : Record<string, never>;

export type RouteInput<R extends RouteContract> = {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: R['body'] extends z.ZodType ? z.output<R['body']> : undefined;
};

export function defineRoute<const R extends RouteContract>(route: R): R {
  return route;
}
