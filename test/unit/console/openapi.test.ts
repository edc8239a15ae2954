import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { handler as unknownRoute } from '#functions/console/answer-unknown-route';
import { handler as health } from '#functions/console/get-health';
import { openapiDocument } from '#functions/console/openapi-document';
import { handler as serveOpenapi } from '#functions/console/serve-openapi';
import { routes } from '#shared/contracts/routes';

type Operation = {
  operationId: string;
  security: unknown[];
  parameters?: { name: string; in: string }[];
  responses: Record<string, { content?: Record<string, unknown> }>;
};
const paths = (openapiDocument() as { paths: Record<string, Record<string, Operation>> }).paths;
const told = routes.filter(({ isPage }) => isPage !== true);
const operations = told.map((route) => ({ route, operation: paths[route.path]?.[route.method.toLowerCase()] }));

describe('the OpenAPI document', () => {
  it('describes every route under its own name', () => {
    expect(operations.map(({ operation }) => operation?.operationId)).toEqual(told.map(({ name }) => name));
  });

  it('names every path parameter of every route', () => {
    const undescribed = operations.flatMap(({ route, operation }) => {
      const named = new Set((operation?.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name));
      const inPath = [...route.path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name ?? '');
      return inPath.filter((name) => !named.has(name)).map((name) => `${route.name}: ${name}`);
    });
    expect(undescribed).toEqual([]);
  });

  it('takes an Idempotency-Key on every POST and on nothing else', () => {
    for (const { route, operation } of operations) {
      const takesKey = operation?.parameters?.some(({ name }) => name === 'Idempotency-Key') ?? false;
      expect([route.name, takesKey]).toEqual([route.name, route.method === 'POST']);
    }
  });

  it('asks for a token wherever the API does, and answers problems as problem+json', () => {
    for (const { route, operation } of operations) {
      expect([route.name, operation?.security.length]).toEqual([route.name, route.access === 'public' ? 0 : 1]);
      expect(Object.keys(operation?.responses['500']?.content ?? {})).toEqual(['application/problem+json']);
    }
  });

  it('is OpenAPI 3.1', () => {
    expect(openapiDocument()).toMatchObject({ openapi: '3.1.0' });
  });
});

describe('the console functions', () => {
  const event = { headers: {}, requestContext: { http: { method: 'GET' } }, rawPath: '/v1/nothing' } as never;

  it('serve the committed document', async () => {
    const served = await serveOpenapi(event, {});
    const committed = readFileSync(new URL('../../../functions/console/openapi.json', import.meta.url), 'utf8');
    expect(served.statusCode).toBe(200);
    expect(JSON.parse(served.body ?? '')).toEqual(JSON.parse(committed));
  });

  it('answer that the API is well', async () => {
    const answer = await health(event, {});
    expect(JSON.parse(answer.body ?? '')).toEqual({ status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });

  it('name what was asked for when there is no such route', async () => {
    const answer = await unknownRoute(event);
    expect(answer).toMatchObject({ statusCode: 404, headers: { 'content-type': 'application/problem+json' } });
    expect(JSON.parse(answer.body as string)).toMatchObject({
      code: 'not_found',
      detail: 'There is no GET /v1/nothing. GET /openapi.json lists what there is.',
    });
  });

  it.each(['/r//evil.example', '/v1/<script>', '/v1/\r\nx', `/v1/${'x'.repeat(9_000)}`, '/'])(
    'say nothing back of %j',
    async (rawPath) => {
      const answer = await unknownRoute({ ...(event as object), rawPath } as never);
      expect(answer).toMatchObject({ statusCode: 404 });
      expect(JSON.parse(answer.body as string).detail).toBe(
        'There is no such address. GET /openapi.json lists what there is.',
      );
    },
  );
});
