import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { itemOfAdjustment, itemOfProposal } from '#shared/adapters/dynamodb/money/adjustments/adjustment-items';
import { makeAuditedStores } from '#shared/adapters/dynamodb/money/audit/audited-stores';
import { resolutionItem } from '#shared/adapters/dynamodb/money/ledger/payout-resolutions';
import { payoutItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import {
  adjustmentKey,
  controlsChangeKey,
  decisionKey,
  programKey,
  proposalKey,
} from '#shared/adapters/dynamodb/money/money-keys';
import { makePlans } from '#shared/adapters/dynamodb/money/plans/plans';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { itemOfRun } from '#shared/adapters/dynamodb/money/runs/run-item';
import {
  agreementRecordKey,
  certificationRecordedKey,
  disputeContractKey,
  disputeDecisionKey,
  disputeKey,
  payeeChangeKey,
  revocationKey,
  roleChangeKey,
  termsContractKey,
  termsKey,
  tierSchemeKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { payeeChangeItem } from '#shared/adapters/dynamodb/partners/payee-items';
import { makeChangeSettings } from '#shared/application/payouts/programs/change-settings';
import type { StoredEffect } from '#shared/application/payouts/proof/verify-audit';
import { DEFAULT_SETTINGS } from '#shared/contracts/payouts/programs/program-settings';
import type { Period } from '#shared/domain/time/instant';
import { aPayout, at } from '#test/support/builders/payouts';
import { aProgramme, aRun } from '#test/support/builders/runs';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

const WHEN = at('2026-02-01T08:00:00Z');
const LATER = at('2026-02-02T08:00:00Z');
const RUN = '2026-01.1';
const of = {
  partnerId: 'p1',
  occurredAt: WHEN,
  amountMinor: 2_500n,
  currency: 'GBP',
  reason: 'x',
  recordedBy: 'person:fin',
};
const adjustment = { ...of, reasonCode: 'other' as const, period: '2026-01' as Period };
const decline = { status: 'declined', decision: { decision: 'decline', by: 'person:bob', at: LATER } };
const act = { programId: 'acme', partnerId: 'p1', at: WHEN, by: 'person:ada' };
const dispute = { status: 'decided', answerBy: WHEN, disputeId: 'd1', partnerId: 'p1' };

const decided = ({ contractPk: _, contractSk: __, ...item }: Record<string, unknown>) => ({ ...item, ...decline });

let table: TestTable;
/** One table stands for both: their keys and indexes have other names for everything. */
const stores = () =>
  makeAuditedStores({
    documents: table.documents,
    moneyTable: table.tableName,
    partnersTable: table.tableName,
    digest,
    thisMonth: () => '2026-02' as Period,
  });
const payout = (currency: string, over: Parameters<typeof aPayout>[0]) =>
  payoutItem(aPayout({ runId: RUN, currency, payoutId: `po~${RUN}~p1~${currency}`, updatedAt: LATER, ...over }));

beforeAll(async () => {
  table = await aMoneyTable();
  await makePlans(table).publish('acme', { version: 1, components: [], publishedBy: 'person:ada', publishedAt: WHEN });
  const program = aProgramme({ programId: 'acme', createdAt: WHEN });
  await makePrograms(table).create(
    { ...program, controls: { ...program.controls, writeOffLimitMinor: 5n }, controlsVersion: 1 },
    { by: 'person:ada' },
  );
  const items: Record<string, unknown>[] = [
    {
      ...controlsChangeKey('acme', 1),
      type: 'controls_change',
      version: 1,
      before: { writeOffLimitMinor: 0 },
      after: { writeOffLimitMinor: 5 },
      by: 'person:ada',
      at: WHEN,
    },
    itemOfAdjustment('acme', { ...adjustment, adjustmentId: 'a1', recordedAt: WHEN }),
    itemOfProposal('acme', { ...adjustment, adjustmentId: 'a2', proposedAt: WHEN }),
    decided(itemOfProposal('acme', { ...adjustment, adjustmentId: 'a3', proposedAt: WHEN })),
    { ...decisionKey('acme', RUN, 'person:bob'), type: 'decision', runId: RUN, by: 'person:bob', at: WHEN },
    payout('EUR', { status: 'created' }),
    payout('GBP', { status: 'settled', reservedUntil: WHEN }),
    payout('JPY', { status: 'failed', reservedUntil: LATER }),
    payout('USD', { status: 'returned', reservedUntil: WHEN, reason: 'closed' }),
    resolutionItem({
      ...{ resolutionId: 'r1', programId: 'acme', payoutId: `po~${RUN}~p1~USD`, partnerId: 'p1', runId: RUN },
      ...{ outcome: 'returned', evidence: { source: 'person', note: 'x' }, proposedBy: 'person:ada', proposedAt: WHEN },
      ...{ seenStatus: 'submitted', seenChanges: 2, status: 'confirmed' },
      decision: { decision: 'confirm', by: 'person:bob', at: LATER },
    }),
    { ...termsKey('acme', 'p1'), ...termsContractKey('acme', 'p1') },
    { ...roleChangeKey('acme', 1), number: 1, recordedAt: WHEN, recordedBy: 'person:ada' },
    { ...tierSchemeKey('acme', 1), version: 1, recordedAt: WHEN, recordedBy: 'person:ada' },
    payeeChangeItem('acme', 'p1', { payeeId: 'c1', changedAt: WHEN, changedBy: 'person:ada' }),
    { ...agreementRecordKey('acme', 'p1', { agreementId: 'ag1', kind: 'accepted', act: '' }), ...act },
    { ...certificationRecordedKey('acme', 'p1', 'c1'), partnerId: 'p1', recordedAt: WHEN, recordedBy: 'person:ada' },
    { ...revocationKey('acme', 'p1', 'c1'), ...act },
    { ...agreementRecordKey('acme', 'p1', { agreementId: 'ag1', kind: 'terminated', act: 't1' }), ...act },
    { ...disputeKey('acme', 'd1'), ...disputeContractKey('acme', dispute), ...dispute },
    {
      ...disputeDecisionKey('acme', 'd1', 1),
      disputeId: 'd1',
      partnerId: 'p1',
      decidedAt: WHEN,
      decidedBy: 'person:bob',
    },
  ];
  items.push(
    itemOfRun(
      aRun({
        openedAt: WHEN,
        status: 'expired',
        reminders: [{ afterHours: 72, at: LATER, approvals: 0 }],
        failures: [{ at: LATER, during: 'awaiting_decision', reason: 'late' }],
      }),
      'r1',
    ),
    { ...itemOfRun(aRun({ runId: '2025-12.1', openedAt: WHEN }), 'r0'), isRecorded: undefined },
  );
  for (const Item of items) await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
});
afterAll(() => table?.stop());

const nameOf = ({ kind, subjectId, isOptional, occurredAt }: StoredEffect): string =>
  `${kind} ${subjectId} ${occurredAt === WHEN ? 'when' : occurredAt === LATER ? 'later' : 'some time'}${isOptional ? '?' : ''}`;

describe('what is stored that must have its record', () => {
  it('is found in both tables, whatever keeps it, with each state that a payout has passed through', async () => {
    const found: string[] = [];
    for await (const effect of stores().all('acme', { runIds: [RUN], since: '2026-01' })) found.push(nameOf(effect));
    expect(found.sort()).toEqual([
      'adjustment.declined a3 later',
      'adjustment.proposed a2 when',
      'adjustment.proposed a3 when',
      'adjustment.recorded a1 when',
      'agreement.accepted p1~ag1 when',
      'agreement.terminated p1~ag1~t1 when',
      'certification.recorded p1~c1 when',
      'certification.revoked p1~c1 when',
      'controls.changed 1 when',
      'dispute.decided d1~1 when',
      'payee.changed p1~c1 when',
      'payout.failed po~2026-01.1~p1~JPY later',
      'payout.resolution_proposed r1~po~2026-01.1~p1~USD when',
      'payout.resolved r1~po~2026-01.1~p1~USD later',
      'payout.returned po~2026-01.1~p1~USD later',
      'payout.settled po~2026-01.1~p1~GBP later',
      'payout.settled po~2026-01.1~p1~USD some time?',
      'payout.submitted po~2026-01.1~p1~GBP when',
      'payout.submitted po~2026-01.1~p1~JPY later?',
      'payout.submitted po~2026-01.1~p1~USD when',
      'plan.published 1 when',
      'program.created acme when',
      'roles.changed 1 when',
      'run.decided 2026-01.1~person:bob when',
      'run.expired 2026-01.1 later',
      'run.opened 2025-12.1 when?',
      'run.opened 2026-01.1 when',
      'run.reminded 2026-01.1~72 later',
      'tier_scheme.changed 1 when',
    ]);
  });

  it('is found one by one, the same', async () => {
    for await (const effect of stores().all('acme', { runIds: [RUN], since: '2026-01' })) {
      expect(await stores().find('acme', effect.kind, effect.subjectId)).toEqual(effect);
    }
    expect(await stores().find('acme', 'plan.published', '2')).toBeUndefined();
    expect(await stores().find('acme', 'run.reminded', `${RUN}~168`)).toBeUndefined();
    expect(await stores().find('acme', 'run.opened', 'no run')).toBeUndefined();
  });

  it('is a programme as it was created, whatever became of its controls', async () => {
    const created = await stores().find('acme', 'program.created', 'acme');
    expect(created).toMatchObject({
      recordedBy: 'person:ada',
      content: { approvals: { required: 2 }, controls: { writeOffLimitMinor: 0 }, createdBy: 'person:ada' },
    });
    expect(created?.content).not.toHaveProperty('closedThrough');
    await makePrograms(table).create(aProgramme({ programId: 'older' }));
    expect(await stores().find('older', 'program.created', 'older')).toMatchObject({ isOptional: true });
  });

  it.each([
    ['its controls', 'SET controls.writeOffLimitMinor = :to', 'after', 99],
    ['the number of their last change', 'SET controlsVersion = :to', 'version', 7],
  ] as const)(
    'and says the last change of controls as the programme holds it now: %s',
    async (_what, set, name, to) => {
      const at = { TableName: table.tableName, Key: programKey('acme') };
      const { Item = {} } = await table.documents.send(new GetCommand(at));
      const change = () => stores().find('acme', 'controls.changed', '1');
      const before = await change();
      expect(before?.content).toMatchObject({ after: { writeOffLimitMinor: 5 }, version: 1 });
      await table.documents.send(
        new UpdateCommand({ ...at, UpdateExpression: set, ExpressionAttributeValues: { ':to': to } }),
      );
      const held = name === 'after' ? { after: { ...Item.controls, writeOffLimitMinor: to } } : { version: to };
      expect(await change()).toEqual({ ...before, content: { ...(before?.content as object), ...held } });
      await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
    },
  );

  it('is each change of its settings, and what the last one left as the programme holds it now', async () => {
    const programs = makePrograms(table);
    await programs.create(aProgramme({ programId: 'changed', createdAt: WHEN }), { by: 'person:ada' });
    const before = await stores().find('changed', 'program.created', 'changed');
    const settings = { attribution: { windowDays: 7 }, tracking: { language: 'de' } } as const;
    await makeChangeSettings({ programs, clock: () => Date.parse(WHEN) })({
      programId: 'changed',
      settings,
      by: 'person:ada',
    });
    expect(await stores().find('changed', 'program.created', 'changed')).toEqual(before);
    const change = () => stores().find('changed', 'settings.changed', '1');
    expect((await change())?.content).toMatchObject({ version: 1, before: DEFAULT_SETTINGS, after: settings });
    const at = { TableName: table.tableName, Key: programKey('changed') };
    const forged = 'SET settings.attribution.windowDays = :to';
    const to = { ':to': 8 };
    await table.documents.send(new UpdateCommand({ ...at, UpdateExpression: forged, ExpressionAttributeValues: to }));
    expect((await change())?.content).toMatchObject({ after: { attribution: { windowDays: 8 } } });
  });

  it('says nothing of bank details', async () => {
    const effect = await stores().find('acme', 'payee.changed', 'p1~c1');
    expect(effect?.content).toEqual({ partnerId: 'p1', contentDigest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each([
    ['adjustment.recorded', 'a1', adjustmentKey('acme', 'a1'), ['periodPk', 'periodSk']],
    ['adjustment.proposed', 'a2', proposalKey('acme', 'a2'), ['contractPk', 'contractSk']],
    ['payee.changed', 'p1~c1', payeeChangeKey('acme', 'p1', 'c1'), ['contractPk', 'contractSk']],
  ] as const)('and taken out of its index is named: %s', async (kind, subjectId, Key, names) => {
    const at = { TableName: table.tableName, Key };
    const { Item = {} } = await table.documents.send(new GetCommand(at));
    expect((await stores().find('acme', kind, subjectId))?.faults).toBeUndefined();
    await table.documents.send(new UpdateCommand({ ...at, UpdateExpression: `REMOVE ${names.join(', ')}` }));
    expect((await stores().find('acme', kind, subjectId))?.faults).toEqual(
      names.map((name) => ({ field: `index key ${name}`, stored: undefined, expected: Item[name] })),
    );
    await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
  });
});
