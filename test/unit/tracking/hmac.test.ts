import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeHmac } from '#shared/adapters/hmac';

it('is HMAC-SHA256 as Node computes it, for keys and messages of any length', () => {
  const key = fc.uint8Array({ maxLength: 130 });
  const message = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(key, message, (secret, text) => {
      expect(makeHmac(secret)(text)).toEqual(createHmac('sha256', secret).update(text).digest('base64url'));
    }),
  );
});

it('is what RFC 4231 says of test case 2', () => {
  expect(Buffer.from(makeHmac('Jefe')('what do ya want for nothing?'), 'base64url').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});
