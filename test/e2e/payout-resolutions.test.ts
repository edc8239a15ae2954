import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';

type Shown = {
  readonly status: string;
  readonly blocked?: { readonly reason: string; readonly whatToDo: string };
  readonly history: readonly { readonly to: string; readonly by?: string; readonly evidence?: object }[];
  readonly resolutions: readonly { readonly resolutionId: string; readonly status: string }[];
};

const SANDBOX = { rail: 'sandbox', name: 'Sandbox', behaviour: 'settle' };
const EVIDENCE = {
  reference: 'Account statement 2026-02-03, entry 17',
  note: 'The bank sent it back: account closed.',
};

let stack: SharedStack;
let programId: string;
const path = (partnerId: string, rest = ''): string =>
  `/v1/programs/${programId}/payouts/po~2026-01.1~${partnerId}~GBP${rest}`;
const payout = (partnerId: string): Promise<Shown> => stack.as('finance').get(path(partnerId));

beforeAll(async () => {
  stack = await sharedLocalStack();
  const admin = stack.as('admin');
  programId = await aProgramme(admin);
  await aPartner(admin, programId, 'anna');
  await aPartner(admin, programId, 'bob', { payee: SANDBOX });
  for (const partnerId of ['anna', 'bob']) await aSale(admin, programId, `order-${partnerId}`, 100_00, { partnerId });
  await closePeriod(stack, programId, '2026-01');
});

describe('a payout that the bank says nothing of', () => {
  it('comes back by evidence and a second person, with its history, and is owed again', async () => {
    const before = await payout('anna');
    expect(before).toMatchObject({ status: 'submitted', blocked: { reason: 'bank_silent' } });
    expect(before.history.map(({ to, by }) => `${to} ${by}`)).toEqual([
      'submitting system:payouts',
      'submitted system:payouts',
    ]);
    const asked = stack.as('finance').post(path('anna', '/ask-rail'), {});
    await expect(asked).rejects.toMatchObject({ status: 409, code: 'payout_not_resolvable' });

    const proposal = await stack
      .as('finance')
      .post<{ resolutionId: string }>(path('anna', '/resolutions'), { outcome: 'returned', evidence: EVIDENCE });
    expect((await payout('anna')).status).toBe('submitted');
    const decision = path('anna', `/resolutions/${proposal.resolutionId}/decision`);
    const own = stack.as('finance').post(decision, { decision: 'confirm' });
    await expect(own).rejects.toMatchObject({ status: 403, code: 'second_person_required' });
    const confirmed = await stack.as('approver').post(decision, { decision: 'confirm' });
    expect(confirmed).toMatchObject({ status: 'confirmed', outcome: 'returned' });

    const after = await payout('anna');
    expect(after).toMatchObject({ status: 'returned', blocked: { reason: 'money_back' } });
    expect(after.history.at(-1)).toMatchObject({ to: 'returned', evidence: { source: 'person', ...EVIDENCE } });
    const { balances } = await stack
      .as('finance')
      .get<{ balances: readonly object[] }>(`/v1/programs/${programId}/partners/anna/balance`);
    expect(balances).toMatchObject([{ payableMinor: 15_00, reservedMinor: 0 }]);
  });

  it('is asked of its rail where the rail can be asked', async () => {
    await eventually(async () => expect((await payout('bob')).status).toBe('settled'));
    expect(await stack.as('finance').post(path('bob', '/ask-rail'), {})).toMatchObject({
      answer: 'settled',
      payoutStatus: 'settled',
    });
  });

  it('is proved with its history and in the audit chain', async () => {
    await eventually(async () => {
      const { items } = await stack
        .as('finance')
        .get<{ items: { kind: string }[] }>(`/v1/programs/${programId}/audit-trail?limit=200`);
      const kinds = items.map(({ kind }) => kind);
      for (const kind of ['payout.resolution_proposed', 'payout.resolved', 'payout.returned']) {
        expect(kinds).toContain(kind);
      }
    });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['infra/verify.ts', '--program', programId, '--data', stack.dataDir],
      { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' },
    );
    expect(status, `${stdout}${stderr}`).toBe(0);
  });
});
