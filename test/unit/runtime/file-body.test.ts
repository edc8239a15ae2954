import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFileBody } from '#functions/runtime/file-body';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { Failure } from '#shared/application/failure';
import { defineRoute } from '#shared/contracts/route';
import { makeFakeIdempotencyStore } from '#test/support/fakes/idempotency-store';

const FILE = { types: ['application/xml'], maxSentBytes: 1_000, maxBytes: 5_000 };
const read = (body: Uint8Array, type = 'application/xml', isBase64Encoded = true) =>
  readFileBody(FILE, {
    headers: { 'content-type': type },
    body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return 'none';
};

describe('a body that is a file', () => {
  it('is taken byte for byte, as text, in base64 or in gzip', () => {
    const bytes = Buffer.from('<a>ü</a>');
    expect(Buffer.from(read(bytes)).equals(bytes)).toBe(true);
    expect(Buffer.from(read(bytes, 'application/XML; charset=utf-8', false)).equals(bytes)).toBe(true);
    expect(Buffer.from(read(gzipSync(bytes), 'application/gzip')).equals(bytes)).toBe(true);
  });

  it('is refused when it is empty, too large, of another type or no gzip', () => {
    expect(codeOf(() => read(Buffer.alloc(0)))).toBe('invalid_request');
    expect(codeOf(() => read(Buffer.alloc(1_001)))).toBe('body_too_large');
    expect(codeOf(() => read(gzipSync(Buffer.alloc(1_000_000)), 'application/gzip'))).toBe('body_too_large');
    expect(codeOf(() => read(Buffer.from('{}'), 'application/json'))).toBe('unsupported_media_type');
    expect(codeOf(() => read(Buffer.from('<a/>'), 'application/gzip'))).toBe('invalid_request');
  });

  it('is part of what an Idempotency-Key stands for', async () => {
    const route = defineRoute({
      name: 'send-file',
      service: 'payouts',
      method: 'POST',
      path: '/files',
      summary: 'Send a file',
      access: 'public',
      file: FILE,
      status: 201,
    });
    const count: HttpHandler<typeof route> = async (_input, { rawBody }) => ({ bytes: rawBody().byteLength });
    const handler = httpFunction(route, count, { idempotency: makeFakeIdempotencyStore() });
    const send = async (body: string) =>
      (
        await handler(
          {
            headers: { 'content-type': 'application/xml', 'idempotency-key': 'k' },
            body,
            isBase64Encoded: false,
            requestContext: {},
          } as never,
          {},
        )
      ).statusCode;
    expect([await send('<a/>'), await send('<a/>'), await send('<b/>')]).toEqual([201, 201, 422]);
  });
});
