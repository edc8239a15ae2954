import { expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeAppendAuditRecords } from '#shared/application/payouts/proof/append-audit-records';
import { factOf } from '#shared/application/payouts/proof/audit-effects';
import { makeRecordMissing } from '#shared/application/payouts/proof/record-missing';
import type { StoredEffect } from '#shared/application/payouts/proof/verify-audit';
import { instant } from '#test/support/builders/runs';
import { makeFakeAuditChain } from '#test/support/fakes/audit-chain';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';

const occurredAt = instant('2026-02-01T00:00:00Z');
const anEffect = (subjectId: string) =>
  ({
    programId: 'acme',
    kind: 'adjustment.recorded',
    subjectId,
    occurredAt,
    recordedBy: 'person:fin',
    content: { adjustmentId: subjectId },
  }) as const;

it('effects from before there was a chain get their records behind those that are there, each once', async () => {
  const chain = makeFakeAuditChain();
  const log = { info() {}, warn() {}, error() {} };
  const append = makeAppendAuditRecords({ chain, digest, log, wait: async () => {}, random: () => 0 });
  await append('acme', [factOf(anEffect('a2'), digest)]);
  const { occurredAt: _, ...untimed } = anEffect('a9');
  const stored: readonly StoredEffect[] = [
    anEffect('a1'),
    anEffect('a2'),
    { ...anEffect('maybe'), isOptional: true },
    untimed,
    ...Array.from({ length: 500 }, (_, index) => anEffect(`b${index}`)),
  ];
  const asked: object[] = [];
  const recordMissing = makeRecordMissing({
    programs: makeFakePrograms(aProgram({ programId: 'acme' })),
    runs: { list: async () => ({ items: [{ runId: '2026-01.1' }] }) as never },
    audited: {
      async *all(_programId, given) {
        asked.push(given);
        yield* stored;
      },
    },
    append,
    digest,
  });

  expect(await recordMissing('acme')).toEqual({ effects: 502, appended: 501 });
  expect(asked).toEqual([{ runIds: ['2026-01.1'], since: '2026-01' }]);
  expect(chain.records.slice(0, 3).map(({ subjectId }) => subjectId)).toEqual(['a2', 'a1', 'b0']);
  expect(chain.records[1]).toMatchObject({ occurredAt, recordedBy: 'person:fin' });
  expect(await recordMissing('acme')).toEqual({ effects: 502, appended: 0 });
  await expect(recordMissing('none')).rejects.toMatchObject({ code: 'unknown_program' });
});
