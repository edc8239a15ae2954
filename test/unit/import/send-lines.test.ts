import { describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem } from '#infra/api-client';
import type { ImportState } from '#infra/import/journal';
import { kindNamed } from '#infra/import/kinds';
import { knownThings } from '#infra/import/known-things';
import type { Problem, ReadyLine } from '#infra/import/read-line';
import { sendLines } from '#infra/import/send-lines';

const FRESH: ImportState = { digest: 'd', through: 0, recorded: 0, repeated: 0, refused: [] };
const unused = async (): Promise<never> => {
  throw new Error('not expected');
};
const NO_API: ApiClient = {
  get: unused,
  post: unused,
  send: unused,
  put: unused,
  patch: unused,
  text: unused,
  list: unused,
};

const kind = (name: string) => {
  const found = kindNamed(name);
  if (!found) throw new Error(`no kind ${name}`);
  return found;
};
async function* lines(from: number, to: number, skip: ReadonlySet<number> = new Set()): AsyncGenerator<ReadyLine> {
  for (let line = from; line <= to; line += 1)
    if (!skip.has(line)) yield { line, key: `o${line}`, body: { orderId: `o${line}` } };
}
type Item = { orderId: string };

function sending(api: Partial<ApiClient>, of = 'sales', from = FRESH) {
  const states: ImportState[] = [];
  const problems: Problem[] = [];
  let isStopped = false;
  const send = (all: AsyncIterable<ReadyLine>) =>
    sendLines(all, {
      api: { ...NO_API, ...api },
      base: '/v1/programs/p',
      kind: kind(of),
      from,
      onProblem: (problem) => problems.push(problem),
      onState: (state) => states.push(state),
      isStopped: () => isStopped,
    });
  return {
    send,
    states,
    problems,
    stop: () => {
      isStopped = true;
    },
  };
}

describe('lines that are sent', () => {
  it('go in batches of a hundred, and each answer is counted', async () => {
    const sizes: number[] = [];
    const post = async (_path: string, body: unknown): Promise<never> => {
      const { items } = body as { items: Item[] };
      sizes.push(items.length);
      const answer = (item: Item, index: number) => {
        if (item.orderId === 'o7') {
          const errors = [{ pointer: `/items/${index}/partnerId`, rule: 'is not a partner' }];
          return { status: 422, problem: { detail: 'Enrol it.', errors } };
        }
        return { status: item.orderId === 'o8' ? 200 : 201 };
      };
      return { items: items.map(answer) } as never;
    };
    const { send, problems } = sending({ post });
    const ended = await send(lines(2, 252));
    expect(sizes.toSorted()).toEqual([100, 100, 51].toSorted());
    expect(ended).toEqual({ digest: 'd', through: 252, recorded: 249, repeated: 1, refused: [7] });
    expect(problems).toEqual([{ line: 7, key: 'o7', column: 'partnerId', rule: 'is not a partner. Enrol it.' }]);
  });

  it('are kept as answered only as far as everything before them was, whichever request ends first', async () => {
    const slow = Promise.withResolvers<void>();
    let calls = 0;
    const post = async (_path: string, body: unknown): Promise<never> => {
      const { items } = body as { items: Item[] };
      calls += 1;
      if (calls === 1) await slow.promise;
      return { items: items.map(() => ({ status: 201 })) } as never;
    };
    const { send, states } = sending({ post });
    const ended = send(lines(2, 301));
    await expect.poll(() => states.length).toBe(2);
    expect(states.map(({ through }) => through)).toEqual([0, 0]);
    slow.resolve();
    expect((await ended).through).toBe(301);
  });

  it('of one customer are never under way at once: which sale is the first is for the file to say', async () => {
    const slow = Promise.withResolvers<void>();
    const sent: string[] = [];
    const post = async (_path: string, body: unknown): Promise<never> => {
      const { items } = body as { items: Item[] };
      sent.push(items[0]?.orderId ?? '');
      if (sent.length === 1) await slow.promise;
      return { items: items.map(() => ({ status: 201 })) } as never;
    };
    async function* ofCustomers(): AsyncGenerator<ReadyLine> {
      for await (const line of lines(2, 301)) {
        const customerId = line.line === 2 || line.line === 102 ? 'regular' : `c${line.line}`;
        yield { ...line, body: { ...line.body, customerId } };
      }
    }
    const { send, states } = sending({ post });
    const ended = send(ofCustomers());
    await expect.poll(() => states.length).toBe(1);
    expect(sent).toEqual(['o2', 'o202']);
    slow.resolve();
    await ended;
    expect(sent).toEqual(['o2', 'o202', 'o102']);
  });

  it('end at an error of the service, with what was answered before it kept', async () => {
    let calls = 0;
    const post = async (_path: string, body: unknown): Promise<never> => {
      calls += 1;
      if (calls > 1) throw new ApiProblem(503, { code: 'temporarily_unavailable', detail: 'Later.' }, 'POST');
      return { items: (body as { items: Item[] }).items.map(() => ({ status: 201 })) } as never;
    };
    const { send, states } = sending({ post });
    await expect(send(lines(2, 1_001))).rejects.toThrow('temporarily_unavailable');
    expect(states.at(-1)).toMatchObject({ through: 101, recorded: 100 });
    expect(calls).toBeLessThanOrEqual(4);
  });

  it('stop after what is under way, and take up refused ones again', async () => {
    const post = async (_path: string, body: unknown): Promise<never> =>
      ({ items: (body as { items: Item[] }).items.map(() => ({ status: 201 })) }) as never;
    const stopped = sending({ post });
    stopped.stop();
    expect(await stopped.send(lines(2, 500))).toEqual(FRESH);
    const from = { ...FRESH, through: 100, recorded: 97, refused: [5, 6] };
    const again = sending({ post }, 'sales', from);
    const two = lines(5, 200, new Set(Array.from({ length: 94 }, (_, index) => index + 7)));
    expect(await again.send(two)).toEqual({ ...FRESH, through: 200, recorded: 97 + 2 + 100, refused: [] });
  });

  it('of partners go one by one: what is wrong with one is its own, what is wrong with all ends it', async () => {
    const send = async (_path: string, body: unknown): Promise<{ status: number }> => {
      const { orderId } = body as Item;
      if (orderId === 'o3') throw new ApiProblem(409, { code: 'x', detail: 'Other content.' }, 'POST');
      return { status: orderId === 'o4' ? 200 : 201 };
    };
    const partners = sending({ send }, 'partners');
    expect(await partners.send(lines(2, 4))).toMatchObject({ recorded: 1, repeated: 1, refused: [3] });
    expect(partners.problems).toEqual([{ line: 3, key: 'o3', column: '', rule: 'Other content.' }]);
    const forbidden = async (): Promise<never> => {
      throw new ApiProblem(403, { code: 'forbidden', detail: 'No.' }, 'POST');
    };
    await expect(sending({ send: forbidden }, 'partners').send(lines(2, 4))).rejects.toThrow('forbidden');
  });
});

describe('what the programme knows of a file', () => {
  const api = (over: Partial<ApiClient>): ApiClient => ({ ...NO_API, ...over });
  const base = '/v1/programs/p';

  it('names partners that are not enrolled, and warns of codes that are not its own', async () => {
    const list = async (path: string): Promise<never> =>
      (path.includes('/partners') ? [{ partnerId: 'ada' }] : [{ code: 'TALLY10' }]) as never;
    const known = await knownThings(api({ list }), base, kind('sales'));
    const found = (body: object) => known.problemsOf({ line: 2, key: 'o', body: body as never });
    expect(found({ partnerId: 'ada', code: 'tally-1O' })).toEqual([]);
    expect(found({ partnerId: 'bob' })).toMatchObject([{ column: 'partnerId', isWarning: false }]);
    expect(found({ code: 'OTHER' })).toMatchObject([{ column: 'code', isWarning: true }]);
  });

  it('holds destinations and slugs of links against what the programme allows', async () => {
    const list = async (): Promise<never> => [{ partnerId: 'ada' }] as never;
    const known = await knownThings(api({ list }), base, kind('links'), ['shop.example']);
    const found = (body: object) =>
      known.problemsOf({ line: 2, key: 's', body: { partnerId: 'ada', ...body } }).map(({ column }) => column);
    expect(found({ slug: 'spring', destination: 'https://shop.example/' })).toEqual([]);
    expect(found({ slug: 'adrnin', destination: 'https://evil.example/' })).toEqual(['destination', 'slug']);
  });

  it('holds the terms of a chosen code against the rule that it carries no stored value by itself', async () => {
    const list = async (): Promise<never> => [{ partnerId: 'ada' }] as never;
    const known = await knownThings(api({ list }), base, kind('codes'));
    const found = (body: object) =>
      known.problemsOf({ line: 2, key: 'c', body: { partnerId: 'ada', code: 'GIFT5', ...body } });
    const discount = { kind: 'fixed', amountMinor: 500 };
    expect(found({ discount, currency: 'EUR' }).map(({ column }) => column)).toEqual(['maxRedemptions']);
    expect(found({ discount, currency: 'EUR', maxRedemptions: 10 })).toEqual([]);
    expect(found({})).toEqual([]);
  });

  it('leaves to the service what the key may not list', async () => {
    const list = async (): Promise<never> => {
      throw new ApiProblem(403, { code: 'forbidden', detail: 'No.' }, 'GET');
    };
    const known = await knownThings(api({ list }), base, kind('sales'));
    expect(known.problemsOf({ line: 2, key: 'o', body: { partnerId: 'bob' } })).toEqual([]);
  });

  it('adds up the refunds of an order: those recorded count once, what is above the sale is named', async () => {
    const get = async (path: string): Promise<never> => {
      if (path.endsWith('/gone')) throw new ApiProblem(404, { code: 'not_found', detail: '' }, 'GET');
      const refunds = [{ refundId: 'r1' }];
      return { amount: { minor: 100, currency: 'GBP' }, refundedMinor: 40, refunds } as never;
    };
    const known = await knownThings(api({ get }), base, kind('refunds'));
    const add = (line: number, key: string, orderId: string, amountMinor: number) =>
      known.problemsOf({ line, key, body: { refundId: key, orderId, amountMinor } });
    add(2, 'r1', 'o1', 40);
    add(3, 'r2', 'o1', 50);
    add(4, 'r3', 'o1', 11);
    add(5, 'r4', 'o1', 10);
    add(6, 'r4', 'o1', 10);
    add(7, 'r5', 'gone', 1);
    expect(await known.laterProblems()).toEqual([
      { line: 4, key: 'r3', column: 'amount', rule: 'is more than is left of the order: 10 minor units of GBP' },
      { line: 7, key: 'r5', column: 'orderId', rule: 'is not a recorded order; import the sales first' },
    ]);
  });

  it('takes no refund whose amount was read in another currency than its order: the decimals may differ', async () => {
    const get = async (): Promise<never> =>
      ({ amount: { minor: 100_000, currency: 'JPY' }, refundedMinor: 0, refunds: [] }) as never;
    const known = await knownThings(api({ get }), base, kind('refunds'));
    const add = (line: number, currency?: string) =>
      known.problemsOf({ line, key: `r${line}`, body: { orderId: 'o1', amountMinor: 500 }, currency });
    add(2, 'EUR');
    add(3, 'JPY');
    add(4);
    const rule = 'is EUR, and the order is in JPY: give its currency in a column or with --set';
    expect(await known.laterProblems()).toEqual([{ line: 2, key: 'r2', column: 'currency', rule }]);
  });
});
