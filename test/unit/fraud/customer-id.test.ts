import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { keptCustomerId } from '#shared/application/referrals/customers/customer-id';

const kept = (customerId: string): string => keptCustomerId(digest, customerId);
const KIM = digest('kim@example.com');

describe('the id that a customer is kept under', () => {
  it.each(['kim@example.com', 'KIM@Example.COM', 'mailto:kim@example.com', '<kim@example.com>'])(
    'of %s is the hash of the address',
    (sent) => expect(kept(sent)).toBe(KIM),
  );

  it.each(['c1', '17850', '@kim', 'kim@', 'user@localhost', 'a.b-c_d', KIM])('of %s is what was sent', (sent) =>
    expect(kept(sent)).toBe(sent),
  );

  it.each(['crm:kim@example.com', 'kim@example.com/1', 'a@b@c.example', '<kim@example.com>x'])(
    'of %s, which holds an address, is a hash too',
    (sent) => expect(kept(sent)).toMatch(/^[0-9a-f]{64}$/),
  );

  it('keeps no address, and is the same for an id that was replaced before', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.constantFrom('', 'crm:', 'x='), (address, before) => {
        const id = kept(`${before}${address}`);
        expect(id).not.toContain('@');
        expect(kept(id)).toBe(id);
      }),
    );
  });
});
