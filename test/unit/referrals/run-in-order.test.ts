import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answerEach } from '#functions/referrals/batch';
import { Failure } from '#shared/application/failure';
import { runInOrder } from '#shared/application/referrals/sales/run-in-order';
import { conversionSchema } from '#shared/contracts/referrals/record-conversion';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('working through a batch', () => {
  it('answers in the order given, never more than the limit at once', async () => {
    let running = 0;
    let most = 0;
    const items = Array.from({ length: 30 }, (_, index) => index);
    const answers = await runInOrder(items, { limit: 4, keysOf: (item) => [`k${item}`] }, async (item) => {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < item % 5; turn += 1) await soon();
      running -= 1;
      return item * 2;
    });
    expect(answers).toEqual(items.map((item) => item * 2));
    expect(most).toBe(4);
  });

  it('does items that share a key one after the other, as if sent alone', async () => {
    const done: string[] = [];
    const items = ['a1', 'b1', 'a2', 'ab3', 'b4'];
    await runInOrder(items, { limit: 8, keysOf: (item) => item.replace(/\d/g, '').split('') }, async (item) => {
      done.push(`${item} starts`);
      await soon();
      done.push(`${item} ends`);
    });
    const at = (event: string): number => done.indexOf(event);
    expect(at('a2 starts')).toBeGreaterThan(at('a1 ends'));
    expect(at('ab3 starts')).toBeGreaterThan(at('a2 ends'));
    expect(at('ab3 starts')).toBeGreaterThan(at('b1 ends'));
    expect(at('b4 starts')).toBeGreaterThan(at('ab3 ends'));
    expect(at('b1 starts')).toBeLessThan(at('a1 ends'));
  });
});

describe('the answer of a batch', () => {
  const schema = z.strictObject({ id: z.string(), minor: z.int() });
  const answer = (items: unknown[], work: (item: { id: string }) => Promise<Record<string, unknown>>) =>
    answerEach(items, schema, ({ id }) => [id], work) as Promise<{
      body: { items: Record<string, { errors: unknown[]; code: string }>[] };
      forget: boolean;
    }>;

  it('names what is wrong with an item from the top of the body, and does the others', async () => {
    const { body } = await answer(
      [{ id: 'a', minor: 1 }, { id: 'b', minor: 1.5, extra: 1 }, 'junk'],
      async ({ id }) => ({ status: 201, id }),
    );
    expect(body.items[0]).toEqual({ status: 201, id: 'a' });
    expect(body.items[1]).toMatchObject({
      status: 422,
      problem: { code: 'invalid_request', errors: [{ pointer: '/items/1/minor' }, { pointer: '/items/1/extra' }] },
    });
    expect(body.items[2]).toMatchObject({ status: 422, problem: { errors: [{ pointer: '/items/2' }] } });
  });

  it('names what a use case refuses from the top of the body too', async () => {
    const { body, forget } = await answer([{ id: 'a', minor: 1 }], async () => {
      throw new Failure('unknown_partner', 'Enrol it.', { errors: [{ pointer: '/partnerId', rule: 'is unknown' }] });
    });
    expect(body.items[0]).toMatchObject({ status: 422, problem: { errors: [{ pointer: '/items/0/partnerId' }] } });
    expect(forget).toBe(false);
  });

  it('may be asked for again when an item failed on our side, without telling why', async () => {
    const { body, forget } = await answer([{ id: 'a', minor: 1 }], async () => {
      throw new Error('the secret detail');
    });
    expect(body.items[0]).toMatchObject({ status: 500, problem: { code: 'internal_error' } });
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(forget).toBe(true);
  });
});

describe('what a conversion may say', () => {
  const sale = {
    orderId: '536365',
    customerId: '17850',
    occurredAt: '2010-12-01T08:26:00+01:00',
    amount: { minor: 13912, currency: 'GBP' },
  };
  const pathsOf = (changed: Record<string, unknown>): string[] => {
    const parsed = conversionSchema.safeParse({ ...sale, ...changed });
    return parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
  };

  it('takes an instant with an offset and keeps it in UTC', () => {
    expect(conversionSchema.parse(sale).occurredAt).toBe('2010-12-01T07:26:00.000Z');
  });

  it.each([
    [{ amount: { minor: 1, currency: 'QQQ' } }, 'amount.currency'],
    [{ amount: { minor: 1, currency: 'gbp' } }, 'amount.currency'],
    [{ amount: { minor: 2 ** 53, currency: 'GBP' } }, 'amount.minor'],
    [{ amount: { minor: -1, currency: 'GBP' } }, 'amount.minor'],
    [{ amount: { minor: 1.5, currency: 'GBP' } }, 'amount.minor'],
    [{ amount: { minor: '1', currency: 'GBP' } }, 'amount.minor'],
    [{ occurredAt: '2010-12-01T08:26:00' }, 'occurredAt'],
    [{ occurredAt: '2010-13-01T08:26:00Z' }, 'occurredAt'],
    [{ orderId: 'a#b' }, 'orderId'],
    [{ orderId: '' }, 'orderId'],
    [{ customerId: 'a b' }, 'customerId'],
    [{ partnerId: '../x' }, 'partnerId'],
    [{ surprise: true }, ''],
  ])('refuses %j at %s', (changed, path) => {
    expect(pathsOf(changed)).toEqual([path]);
  });
});
