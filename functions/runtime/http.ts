import { createHash } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ulid } from 'ulid';
import * as z from 'zod';
import { fieldErrors } from '#functions/runtime/field-errors';
import { readFileBody } from '#functions/runtime/file-body';
import { log } from '#functions/runtime/log';
import { authorize, type Principal, principalSchema } from '#functions/runtime/principal';
import { PROBLEMS } from '#functions/runtime/problems';
import { Failure, type FieldError } from '#shared/application/failure';
import type { IdempotencyStore } from '#shared/application/idempotency';
import type { RouteContract, RouteInput } from '#shared/contracts/route';

/** Larger bodies are refused before they are parsed: a batch of 100 conversions is about 40 kB. */
const MAX_BODY_BYTES = 256 * 1024;
const MAX_IDEMPOTENCY_KEY_LENGTH = 255;

export type RequestContext = {
  /** `undefined` on public routes without a token. */
  readonly principal: Principal | undefined;
  /** Id for what this request creates: the same for a repeat with the same Idempotency-Key, else new. Sortable only when new. */
  readonly newId: string;
  readonly idempotencyKey: string | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The caller's address: never stored, and in no log. */
  readonly sourceIp: string;
  /** The body byte for byte, for a signature over it. @throws Failure body_too_large */
  readonly rawBody: () => Uint8Array;
};

/** An answer other than the route's ordinary status or media type. */
export type Reply = {
  readonly reply: true;
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  /** A file that is not text. */
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Not remembered under the Idempotency-Key: a repeat runs again. For a batch with items that failed on our side. */
  readonly forget?: boolean;
};

export function reply(status: number, rest: Omit<Reply, 'reply' | 'status'> = {}): Reply {
  return { reply: true, status, ...rest };
}

export type HttpHandler<R extends RouteContract> = (input: RouteInput<R>, context: RequestContext) => Promise<unknown>;

type HttpEvent = APIGatewayProxyEventV2 & { requestContext: { authorizer?: { lambda?: { principal?: string } } } };
type HttpResult = APIGatewayProxyStructuredResultV2;

/**
 * Wraps a plain handler as the Lambda behind its route: problem+json outermost, then the caller's rights,
 * the parsed input and the Idempotency-Key. Amounts may be bigint in the answer; they leave as JSON integers.
 */
export function httpFunction<R extends RouteContract>(
  route: R,
  handle: HttpHandler<R>,
  options: { idempotency?: IdempotencyStore } = {},
): (event: HttpEvent, context: unknown) => Promise<HttpResult> {
  const querySchema = strictQuery(route);
  const inner = async (event: HttpEvent): Promise<HttpResult> => {
    const principal = readPrincipal(event);
    authorize(route, principal, event.pathParameters ?? {});
    const key = readIdempotencyKey(route, event);
    const rawBody = readBody(route, event);
    const file = route.file && readFileBody(route.file, event);
    const input = parseInput(route, querySchema, event, rawBody);
    const scope = `${event.pathParameters?.programId ?? '*'}/${route.name}/${principal?.id ?? 'public'}`;
    const newId = key ? hash(`${scope}/${key}`).slice(0, 26) : ulid().toLowerCase();
    const run = (): Promise<unknown> =>
      handle(input, {
        principal,
        newId,
        idempotencyKey: key,
        headers: event.headers,
        sourceIp: event.requestContext.http?.sourceIp ?? '',
        rawBody: () => file ?? bodyBytes(event),
      });
    if (!key || !options.idempotency) return toResult(route, await run());
    // The path names what the body is about: another run or partner is another request.
    const requestHash = hash(canonicalJson([event.pathParameters ?? {}, file ? hash(file) : (rawBody ?? null)]));
    return onceByKey(options.idempotency, { scope, key, requestHash, route }, run);
  };
  return middy()
    .use({
      onError: (request) => {
        request.response = toProblem(request.error, route);
      },
    })
    .handler(inner as never) as never;
}

async function onceByKey(
  store: IdempotencyStore,
  request: {
    readonly scope: string;
    readonly key: string;
    readonly requestHash: string;
    readonly route: RouteContract;
  },
  run: () => Promise<unknown>,
): Promise<HttpResult> {
  const { scope, key, requestHash, route } = request;
  const pointer = 'header:Idempotency-Key';
  const claim = await store.claim(scope, key, requestHash);
  if (claim.state === 'done') {
    return { statusCode: claim.reply.status, headers: JSON_HEADERS, body: claim.reply.body };
  }
  if (claim.state === 'other_body') {
    throw new Failure('idempotency_key_reused', 'Use a new Idempotency-Key for a new request.', {
      errors: [{ pointer, rule: 'was used before with another body' }],
    });
  }
  if (claim.state === 'in_flight') {
    throw new Failure('idempotency_key_in_flight', 'Wait for the first request, then repeat this one.', {
      errors: [{ pointer, rule: 'is in use by a running request' }],
    });
  }
  try {
    const answer = await run();
    const result = toResult(route, answer);
    if (isReply(answer) && answer.forget) await store.release(scope, key);
    else await store.complete(scope, key, { status: result.statusCode ?? 200, body: result.body ?? '' });
    return result;
  } catch (error) {
    // Also after a fault with an unknown outcome: a repeat makes the same thing under the same id. If this fails too,
    // the lease frees the key.
    await store.release(scope, key).catch(() => undefined);
    throw error;
  }
}

const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

function readPrincipal(event: HttpEvent): Principal | undefined {
  const text = event.requestContext.authorizer?.lambda?.principal;
  return text ? principalSchema.parse(JSON.parse(text)) : undefined;
}

function readIdempotencyKey(route: RouteContract, event: HttpEvent): string | undefined {
  const key = route.method === 'POST' ? event.headers['idempotency-key'] : undefined;
  if (key !== undefined && (key.length === 0 || key.length > MAX_IDEMPOTENCY_KEY_LENGTH)) {
    throw new Failure('invalid_request', 'Send a shorter Idempotency-Key.', {
      errors: [{ pointer: 'header:Idempotency-Key', rule: `must have 1 to ${MAX_IDEMPOTENCY_KEY_LENGTH} characters` }],
    });
  }
  return key;
}

function bodyBytes(event: HttpEvent): Buffer {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength > MAX_BODY_BYTES) {
    throw new Failure('body_too_large', `Send at most ${MAX_BODY_BYTES} bytes; split a batch.`, {
      errors: [{ pointer: '', rule: `must have at most ${MAX_BODY_BYTES} bytes, has ${bytes.byteLength}` }],
    });
  }
  return bytes;
}

function readBody(route: RouteContract, event: HttpEvent): unknown {
  if (!route.body) return undefined;
  const bytes = bodyBytes(event);
  // A body that may be left out, as clients from before it existed do.
  if (bytes.byteLength === 0 && route.body.safeParse(undefined).success) return undefined;
  const type = event.headers['content-type'];
  if (type !== undefined && !/^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new Failure('unsupported_media_type', 'Send "Content-Type: application/json".', {
      errors: [{ pointer: 'header:Content-Type', rule: 'must be application/json' }],
    });
  }
  const body = parseJson(bytes);
  const pointer = halfCharacterIn(body);
  if (pointer === undefined) return body;
  // An escape such as \ud800 by itself. No store takes one.
  const rule = 'must be well-formed Unicode';
  throw new Failure('invalid_request', `Correct and send again: ${pointer || 'body'} ${rule}.`, {
    errors: [{ pointer, rule }],
  });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new Failure('invalid_request', 'The body is not valid JSON.', {
      errors: [{ pointer: '', rule: 'must be valid JSON' }],
    });
  }
}

/** Where a text has one half of a surrogate pair alone. Without recursion: a body may be as deep as it is long. */
function halfCharacterIn(body: unknown): string | undefined {
  const open: [value: unknown, pointer: string][] = [[body, '']];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, pointer] = next;
    if (typeof value === 'string' && !value.isWellFormed()) return pointer;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) open.push([inner, `${pointer}/${name}`]);
  }
  return undefined;
}

function parseInput<R extends RouteContract>(
  route: R,
  querySchema: z.ZodType,
  event: HttpEvent,
  body: unknown,
): RouteInput<R> {
  const errors: FieldError[] = [];
  const parse = (schema: z.ZodType | undefined, value: unknown, prefix: string, fallback: unknown): unknown => {
    if (!schema) return fallback;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    errors.push(...parsed.error.issues.flatMap((issue) => fieldErrors(issue, prefix)));
    return undefined;
  };
  const input = {
    params: parse(route.params, event.pathParameters ?? {}, 'path:', {}),
    query: parse(querySchema, event.queryStringParameters ?? {}, 'query:', {}),
    body: parse(route.body, body, '', undefined),
  };
  if (errors.length > 0) {
    // An id of the wrong shape names nothing: the same answer as an id that does not exist.
    if (errors.every((error) => error.pointer.startsWith('path:'))) {
      throw new Failure('not_found', 'There is nothing at this address.', { errors });
    }
    const named = errors.map((error) => `${error.pointer || 'body'} ${error.rule}`).join('; ');
    throw new Failure('invalid_request', `Correct and send again: ${named}.`, { errors });
  }
  return input as RouteInput<R>;
}

/** A misspelt filter must not answer everything: unknown parameters are refused like unknown fields. */
function strictQuery(route: RouteContract): z.ZodType {
  return (route.query ?? z.object({})).strict();
}

function toResult(route: RouteContract, answer: unknown): HttpResult {
  const given: Reply = isReply(answer) ? answer : reply(route.status, { body: answer });
  if (given.bytes !== undefined) {
    const headers = { 'content-type': route.responseType ?? 'application/octet-stream', ...given.headers };
    return {
      statusCode: given.status,
      headers,
      body: Buffer.from(given.bytes).toString('base64'),
      isBase64Encoded: true,
    };
  }
  if (given.text !== undefined) {
    const type = route.responseType ?? 'text/plain; charset=utf-8';
    return { statusCode: given.status, headers: { 'content-type': type, ...given.headers }, body: given.text };
  }
  return {
    statusCode: given.status,
    headers: { ...JSON_HEADERS, ...given.headers },
    body: given.body === undefined ? '' : toJson(given.body),
  };
}

function isReply(answer: unknown): answer is Reply {
  return typeof answer === 'object' && answer !== null && 'reply' in answer && answer.reply === true;
}

/** JSON with bigint amounts as integers. @throws when an amount leaves the safe range: it must not be rounded. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'bigint') return item;
    if (item > Number.MAX_SAFE_INTEGER || item < Number.MIN_SAFE_INTEGER)
      throw new RangeError('amount beyond the safe range');
    return Number(item);
  });
}

function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      item && typeof item === 'object' && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ) ?? ''
  );
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The problem document of a refusal, also for one item of a batch. Anything but a `Failure` is an opaque 500. */
export function problemOf(error: unknown): Record<string, unknown> & { status: number } {
  if (!(error instanceof Failure)) {
    if (isPassing(error)) {
      return problemOf(
        new Failure('temporarily_unavailable', 'The store was busy. Repeat the request: it is safe to send twice.'),
      );
    }
    return {
      type: 'about:blank',
      title: 'Something failed on our side',
      status: 500,
      code: 'internal_error',
      detail:
        'Nothing is wrong with your request. Repeat it; if it fails again, tell the operator the time of the request.',
    };
  }
  const { status, title } = PROBLEMS[error.code];
  return {
    ...error.extra,
    type: `urn:tallystick:problem:${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
  };
}

/** Faults of the moment: the deadline of a write passed, the store throttled, or the network broke. */
const PASSING_ERRORS = new Set([
  'AbortError',
  'TimeoutError',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ServiceUnavailable',
  'InternalServerError',
  'KMSInternalException',
  'DependencyTimeoutException',
]);

function isPassing(error: unknown): boolean {
  return error instanceof Error && PASSING_ERRORS.has(error.name);
}

function toProblem(error: unknown, route: RouteContract): HttpResult {
  const problem = problemOf(error);
  if (!(error instanceof Failure)) {
    log.error('request failed', {
      route: route.name,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
  return {
    statusCode: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: toJson(problem),
  };
}
