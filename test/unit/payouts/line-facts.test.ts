import { describe, expect, it } from 'vitest';
import { readLineFacts } from '#shared/application/payouts/statements/line-facts';
import type { StatementLine } from '#shared/domain/statement/statement';
import { NO_FACTS } from '#test/support/builders/closing-half';
import { sale } from '#test/support/builders/computed-run';
import { JANUARY } from '#test/support/builders/runs';

const statement = { programId: 'acme', partnerId: 'p1', period: JANUARY };
const share: StatementLine = { kind: 'revenue_share', amountMinor: 1n, conversionId: 'o7' };

describe('the facts of the lines of a statement', () => {
  it('are not read when no line follows from one', async () => {
    const facts = {
      conversions: () => expect.unreachable('no sale is looked for'),
      refunds: () => expect.unreachable('no refund is looked for'),
    };
    const lines: StatementLine[] = [{ kind: 'fixed_fee', amountMinor: 1n, componentId: 'fee' }];
    expect(await readLineFacts(facts, statement, lines)).toEqual({ sales: new Map(), refunds: new Map() });
  });

  it('end at a bound, however many sales of the month earned nothing', async () => {
    let read = 0;
    const facts = {
      ...NO_FACTS,
      async *conversions() {
        for (;;) {
          read += 1;
          yield sale('another');
        }
      },
    };
    expect((await readLineFacts(facts, statement, [share])).sales.size).toBe(0);
    expect(read).toBe(30_000);
  });
});
