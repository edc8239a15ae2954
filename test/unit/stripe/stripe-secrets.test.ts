import { describe, expect, it } from 'vitest';
import { AwsError } from '#infra/local/aws-error';
import type { Model } from '#infra/local/model';
import { makeSecrets } from '#infra/local/secrets';
import type { Store } from '#infra/local/store';
import { makeStripeSecretMemory, makeStripeSecretStore } from '#shared/adapters/stripe/stripe-secrets';
import type { StripeSecret } from '#shared/application/referrals/stripe/ports';
import { instant } from '#test/support/builders/referrals';

const LIVE: StripeSecret = { secret: 'whsec_live', mode: 'live' };
const BEFORE: StripeSecret = { secret: 'whsec_before', mode: 'live', validUntil: instant('2026-01-16T00:00:00Z') };

/** The adapter against the operations that the local host answers with. */
function aStore(fault?: () => Response | undefined) {
  const values = new Map<string, string>();
  const store = {
    get: (name: string) => values.get(name),
    set: (name: string, value: string) => values.set(name, value),
  };
  const model = { account: '111122223333', region: 'eu-west-1', ofType: () => [] } as unknown as Model;
  const operations = makeSecrets(model, store as unknown as Store);
  const asked: string[] = [];
  const fetcher = (async (request: Request) => {
    const operation = String(request.headers.get('x-amz-target')).split('.')[1] ?? '';
    asked.push(operation);
    const failed = fault?.();
    if (failed) return failed;
    try {
      return Response.json(await operations[operation]?.((await request.json()) as Record<string, unknown>));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return Response.json({ __type: error.code }, { status: error.status });
    }
  }) as typeof fetch;
  const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  return { secrets: makeStripeSecretStore({ prefix: 'Stack/stripe/', environment, fetcher }), asked, values };
}

describe("a programme's signing secrets", () => {
  it('are made on demand, one item a programme, then replaced whole', async () => {
    const { secrets, asked, values } = aStore();
    expect(await secrets.read('shop')).toEqual([]);
    await secrets.write('shop', [LIVE]);
    expect(await secrets.read('shop')).toEqual([LIVE]);
    await secrets.write('shop', [LIVE, BEFORE]);
    expect(await secrets.read('shop')).toEqual([LIVE, BEFORE]);
    await secrets.write('shop', []);
    expect(await secrets.read('shop')).toEqual([]);
    await secrets.write('a:b', [LIVE]);
    expect(await secrets.read('a')).toEqual([]);
    expect(await secrets.read('a:b')).toEqual([LIVE]);
    expect(asked.filter((operation) => operation === 'CreateSecret')).toHaveLength(2);
    expect([...values.keys()].every((mark) => /:secret:Stack\/stripe\/(shop|a=b)$/.test(mark))).toBe(true);
  });

  it('of two writers at once are made once', async () => {
    const { secrets } = aStore();
    await Promise.all([secrets.write('shop', [LIVE]), secrets.write('shop', [LIVE])]);
    expect(await secrets.read('shop')).toEqual([LIVE]);
  });

  it('that cannot be reached are asked for again later, and never taken for none', async () => {
    const { secrets } = aStore(() => Response.json({ __type: 'InternalServiceError' }, { status: 500 }));
    await expect(secrets.read('shop')).rejects.toMatchObject({ code: 'temporarily_unavailable' });
    await expect(secrets.write('shop', [LIVE])).rejects.toMatchObject({ code: 'temporarily_unavailable' });
  });
});

describe('secrets that a function remembers', () => {
  it('are read again after five minutes, or after ten seconds when a signature matched none', async () => {
    let now = 0;
    let reads = 0;
    const memory = makeStripeSecretMemory({
      read: async () => {
        reads += 1;
        return [LIVE];
      },
      clock: () => now,
    });
    const readsAt = async (ms: number, isNewerWanted: boolean): Promise<number> => {
      now = ms;
      await memory('shop', isNewerWanted);
      return reads;
    };
    expect(await readsAt(0, false)).toBe(1);
    expect(await readsAt(9_999, true)).toBe(1);
    expect(await readsAt(10_000, true)).toBe(2);
    expect(await readsAt(309_999, false)).toBe(2);
    expect(await readsAt(310_000, false)).toBe(3);
  });

  it('that could not be read are not remembered', async () => {
    const answers = [Promise.reject(new Error('down')), Promise.resolve([LIVE])];
    const memory = makeStripeSecretMemory({ read: () => answers.shift() as Promise<StripeSecret[]>, clock: () => 0 });
    await expect(memory('shop', false)).rejects.toThrow('down');
    expect(await memory('shop', false)).toEqual([LIVE]);
  });
});
