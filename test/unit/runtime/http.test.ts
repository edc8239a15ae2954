import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fieldErrors } from '#functions/runtime/field-errors';
import { type HttpHandler, httpFunction, problemOf, reply, toJson } from '#functions/runtime/http';
import type { Principal } from '#functions/runtime/principal';
import { Failure } from '#shared/application/failure';
import { instantSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { makeFakeIdempotencyStore } from '#test/support/fakes/idempotency-store';

const route = defineRoute({
  name: 'try-thing',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/things/{thingId}',
  summary: 'Try a thing',
  access: ['merchant', 'admin'],
  params: z.object({ programId: z.string(), thingId: z.string().regex(/^[a-z]+$/) }),
  query: z.object({ limit: z.coerce.number().int().max(10).optional() }),
  body: z.strictObject({ at: instantSchema, amount: z.strictObject({ minor: z.int() }) }),
  status: 201,
});
const BODY = { at: '2026-01-15T12:00:00Z', amount: { minor: 5 } };
const merchant: Principal = { kind: 'api_key', id: 'key:1', grants: [{ programId: 'shop', role: 'merchant' }] };

type Call = {
  readonly body?: unknown;
  readonly rawBody?: string;
  readonly headers?: Record<string, string>;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly principal?: Principal | null;
  readonly isBase64Encoded?: boolean;
};

function anApi(handle: HttpHandler<typeof route> = async ({ body }) => ({ minor: BigInt(body.amount.minor) })) {
  const idempotency = makeFakeIdempotencyStore();
  const handler = httpFunction(route, handle, { idempotency });
  return async (call: Call = {}) => {
    const principal = call.principal === undefined ? merchant : call.principal;
    const event = {
      headers: call.headers ?? {},
      pathParameters: { programId: 'shop', thingId: 'one', ...call.params },
      queryStringParameters: call.query,
      body: call.rawBody ?? JSON.stringify(call.body ?? BODY),
      isBase64Encoded: call.isBase64Encoded ?? false,
      requestContext: { authorizer: { lambda: principal ? { principal: JSON.stringify(principal) } : {} } },
    };
    const answer = await handler(event as never, {});
    return { ...answer, json: answer.body ? JSON.parse(answer.body) : undefined };
  };
}
const pointersOf = (answer: { json: { errors?: { pointer: string }[] } }): string[] =>
  (answer.json.errors ?? []).map((error) => error.pointer);

describe('an HTTP function', () => {
  it('answers the status of its route, with amounts as integers', async () => {
    const answer = await anApi()();
    expect([answer.statusCode, answer.body]).toEqual([201, '{"minor":5}']);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  it('names every wrong field in a problem document', async () => {
    const answer = await anApi()({ body: { at: '2026-01-15T12:00:00', amount: { minor: 2 ** 60, hue: 1 }, extra: 1 } });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers?.['content-type']).toBe('application/problem+json');
    expect(answer.json).toMatchObject({
      status: 422,
      code: 'invalid_request',
      type: 'urn:tallystick:problem:invalid_request',
    });
    expect(pointersOf(answer)).toEqual(['/at', '/amount/minor', '/amount/hue', '/extra']);
    expect(answer.json.detail).toContain('/amount/minor');
  });

  it('names a wrong query parameter', async () => {
    expect(pointersOf(await anApi()({ query: { limit: '99' } }))).toEqual(['query:limit']);
  });

  it('refuses a query parameter that it does not know', async () => {
    const answer = await anApi()({ query: { limt: '5' } });
    expect([answer.statusCode, answer.json.errors]).toEqual([
      422,
      [{ pointer: 'query:limt', rule: 'is not a known field' }],
    ]);
  });

  it.each([
    [{ at: BODY.at }, '/amount', 'is missing'],
    [{ ...BODY, amount: 5 }, '/amount', 'must be an object'],
    [{ ...BODY, amount: { minor: '5' } }, '/amount/minor', 'must be a number'],
    [{ ...BODY, amount: { minor: 1.5 } }, '/amount/minor', 'must be a whole number'],
  ])('says in plain words what is wrong with %j', async (body, pointer, rule) => {
    expect((await anApi()({ body })).json.errors).toEqual([{ pointer, rule }]);
  });

  it('finds nothing under an id of the wrong shape', async () => {
    const answer = await anApi()({ params: { thingId: '1' } });
    expect([answer.statusCode, answer.json.code]).toEqual([404, 'not_found']);
  });

  it('refuses a large body before it reads it, also when it came encoded', async () => {
    const rawBody = JSON.stringify({ ...BODY, note: 'x'.repeat(300 * 1024) });
    const plain = await anApi()({ rawBody });
    const encoded = await anApi()({ rawBody: Buffer.from(rawBody).toString('base64'), isBase64Encoded: true });
    for (const answer of [plain, encoded]) {
      expect([answer.statusCode, answer.json.code]).toEqual([413, 'body_too_large']);
      expect(pointersOf(answer)).toEqual(['']);
    }
  });

  it('gives a signature the body byte for byte, whatever its type, as far as it is not too large', async () => {
    const { body: _, ...bare } = route;
    const handle = async (_input: unknown, { rawBody }: { rawBody: () => Uint8Array }) => ({
      hex: Buffer.from(rawBody()).toString('hex'),
    });
    const handler = httpFunction({ ...bare, access: 'public' }, handle as never);
    const send = (body: string, isBase64Encoded: boolean) =>
      handler(
        {
          headers: {},
          pathParameters: { programId: 'shop', thingId: 'one' },
          body,
          isBase64Encoded,
          requestContext: {},
        } as never,
        {},
      );
    expect((await send('{ "a":1}\n', false)).body).toBe('{"hex":"7b202261223a317d0a"}');
    expect((await send(Buffer.from([0xff, 0x00]).toString('base64'), true)).body).toBe('{"hex":"ff00"}');
    expect((await send('x'.repeat(300 * 1024), false)).statusCode).toBe(413);
  });

  it('reads an encoded body', async () => {
    const rawBody = Buffer.from(JSON.stringify(BODY)).toString('base64');
    expect((await anApi()({ rawBody, isBase64Encoded: true })).statusCode).toBe(201);
  });

  it.each(['', '{', '{"at":', '\u0000'])('refuses %j as JSON', async (rawBody) => {
    const answer = await anApi()({ rawBody });
    expect([answer.statusCode, answer.json.errors[0].rule]).toEqual([422, 'must be valid JSON']);
  });

  it('refuses half a character wherever it stands, and names it; a body as deep as it is long too', async () => {
    const halved = (text: string) => anApi()({ rawBody: text });
    const rule = 'must be well-formed Unicode';
    expect((await halved('{"at":[{"b":"a\\ud83d"}]}')).json.errors).toEqual([{ pointer: '/at/0/b', rule }]);
    expect((await halved('"\\ude00"')).json.errors).toEqual([{ pointer: '', rule }]);
    expect(pointersOf(await halved('{"at":"\\ud83d\\ude00"}'))).not.toContain('/at/0/b');
    const deep = `${'['.repeat(100_000)}"\\ud83d"${']'.repeat(100_000)}`;
    expect((await halved(deep)).statusCode).toBe(422);
  });

  it('takes JSON media types only', async () => {
    const statusOf = async (type: string) => (await anApi()({ headers: { 'content-type': type } })).statusCode;
    expect(await statusOf('application/json; charset=utf-8')).toBe(201);
    expect(await statusOf('application/merge-patch+json')).toBe(201);
    expect(await statusOf('text/plain')).toBe(415);
  });

  it('maps a refusal with its fields and extras, and hides everything else', async () => {
    const refused = await anApi(async () => {
      throw new Failure('period_not_due', 'Close January first.', { extra: { duePeriod: '2026-01' } });
    })();
    expect([refused.statusCode, refused.json.code, refused.json.duePeriod]).toEqual([409, 'period_not_due', '2026-01']);
    const broken = await anApi(async () => {
      throw new Error('connection to secret-host failed');
    })();
    expect([broken.statusCode, broken.json.code]).toEqual([500, 'internal_error']);
    expect(broken.body).not.toContain('secret-host');
  });

  it('tells the caller to repeat after a fault of the moment', () => {
    expect(problemOf(Object.assign(new Error('busy'), { name: 'ThrottlingException' }))).toMatchObject({ status: 503 });
  });
});

describe("the caller's rights", () => {
  const person = (role: Principal['grants'][number]['role'], programId = 'shop'): Principal => ({
    kind: 'person',
    id: 'person:1',
    grants: [{ programId, role }],
  });

  it('are asked for before anything is read', async () => {
    const answer = await anApi()({ principal: null, rawBody: '{' });
    expect([answer.statusCode, pointersOf(answer)]).toEqual([401, ['header:Authorization']]);
  });

  it("hide another tenant's programme as if there were none", async () => {
    const answer = await anApi()({ principal: person('admin', 'other-shop') });
    expect([answer.statusCode, answer.json.code]).toEqual([404, 'unknown_program']);
  });

  it('say which role is needed', async () => {
    const answer = await anApi()({ principal: person('finance') });
    expect([answer.statusCode, answer.json.code]).toEqual([403, 'forbidden']);
    expect(answer.json.detail).toContain('merchant');
  });

  it('reach every programme by a grant for all', async () => {
    expect((await anApi()({ principal: person('admin', '*') })).statusCode).toBe(201);
  });
});

describe('an Idempotency-Key', () => {
  const KEY = { headers: { 'idempotency-key': 'k1' } };

  it('makes a repeat answer the first result without acting again', async () => {
    let acts = 0;
    const api = anApi(async () => reply(201, { body: { act: ++acts } }));
    const first = await api(KEY);
    const again = await api(KEY);
    expect([again.statusCode, again.body]).toEqual([first.statusCode, first.body]);
    expect(acts).toBe(1);
  });

  it('does not mind the order of members', async () => {
    const api = anApi();
    await api({ ...KEY, body: { at: BODY.at, amount: BODY.amount } });
    expect((await api({ ...KEY, body: { amount: BODY.amount, at: BODY.at } })).statusCode).toBe(201);
  });

  it.each([
    ['another body', { body: { ...BODY, amount: { minor: 6 } } }],
    ['another thing', { params: { thingId: 'two' } }],
  ])('is refused with %s', async (_what, change) => {
    const api = anApi();
    await api(KEY);
    const answer = await api({ ...KEY, ...change });
    expect([answer.statusCode, answer.json.code]).toEqual([422, 'idempotency_key_reused']);
    expect(pointersOf(answer)).toEqual(['header:Idempotency-Key']);
  });

  it('is refused while the first request runs', async () => {
    let finish = (): void => {};
    const running = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const api = anApi(async () => running);
    const first = api(KEY);
    const second = await api(KEY);
    expect([second.statusCode, second.json.code]).toEqual([409, 'idempotency_key_in_flight']);
    finish();
    expect((await first).statusCode).toBe(201);
  });

  it('may be used again after a refusal, with a corrected body', async () => {
    let isRefusing = true;
    const api = anApi(async () => {
      if (isRefusing) throw new Failure('unknown_partner', 'Enrol the partner first.');
      return {};
    });
    expect((await api(KEY)).statusCode).toBe(422);
    isRefusing = false;
    expect((await api({ ...KEY, body: { ...BODY, amount: { minor: 9 } } })).statusCode).toBe(201);
  });

  it('may be used again at once after a fault', async () => {
    let tries = 0;
    const api = anApi(async () => {
      tries += 1;
      if (tries === 1) throw new Error('a fault');
      return {};
    });
    expect((await api(KEY)).statusCode).toBe(500);
    expect((await api(KEY)).statusCode).toBe(201);
  });

  it('lets an answer that failed in part run again', async () => {
    let acts = 0;
    const api = anApi(async () => reply(200, { body: {}, forget: ++acts === 1 }));
    for (let repeat = 0; repeat < 3; repeat += 1) await api(KEY);
    expect(acts).toBe(2);
  });

  it('gives what a request creates one id, however often it is repeated, and another to other callers', async () => {
    const ids: string[] = [];
    const withoutStore = httpFunction(route, async (_input, { newId }) => ids.push(newId));
    const event = (key: string | undefined, id = 'key:1') => ({
      headers: key ? { 'idempotency-key': key } : {},
      pathParameters: { programId: 'shop', thingId: 'one' },
      body: JSON.stringify(BODY),
      requestContext: { authorizer: { lambda: { principal: JSON.stringify({ ...merchant, id }) } } },
    });
    const sent = [event('k1'), event('k1'), event('k2'), event('k1', 'key:2'), event(undefined), event(undefined)];
    for (const one of sent) await withoutStore(one as never, {});
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(5);
  });

  it('has a bounded length', async () => {
    const answer = await anApi()({ headers: { 'idempotency-key': 'x'.repeat(256) } });
    expect([answer.statusCode, pointersOf(answer)]).toEqual([422, ['header:Idempotency-Key']]);
  });
});

describe('a JSON pointer', () => {
  it('escapes what RFC 6901 asks to be escaped', () => {
    const parsed = z.object({ 'a/b~c': z.int() }).safeParse({ 'a/b~c': 'x' });
    expect(parsed.error?.issues.flatMap((issue) => fieldErrors(issue))).toMatchObject([{ pointer: '/a~1b~0c' }]);
  });
});

describe('JSON of amounts', () => {
  it('is exact to the edge of the safe range and refuses beyond it', () => {
    expect(toJson({ minor: 9_007_199_254_740_991n })).toBe('{"minor":9007199254740991}');
    expect(() => toJson({ minor: 9_007_199_254_740_992n })).toThrow(RangeError);
  });
});
