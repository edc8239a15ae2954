import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFacts, setUpProgram } from '#infra/local/demo/load-online-retail';
import { readOnlineRetail } from '#infra/local/demo/online-retail';
import { approveRun, openRun, type Run, waitForRun } from '#infra/local/demo/runs';
import { type LocalStack, startLocalStack } from '#test/support/local-stack';
import { closePeriod } from '#test/support/programme';

/** As many as keep an import busy for longer than the last cut into it waits. */
const SALES = 200;
const PERIOD = '2010-12';
const whole = readOnlineRetail();
const orders = new Set(whole.sales.slice(0, SALES).map((sale) => sale.orderId));
const data = {
  ...whole,
  sales: whole.sales.slice(0, SALES),
  refunds: whole.refunds.filter((refund) => orders.has(refund.orderId)),
};
const ENDED = ['completed', 'completed_with_failures'];
const STATES = ['open', 'draining', 'computing', 'summarising', 'awaiting_decision', 'posting', 'submitting', ...ENDED];

let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack();
});
afterAll(() => stack?.stop());

type Statement = Record<string, string | number>;

async function statementsOf(programId: string): Promise<Statement[]> {
  const items = await stack
    .as('finance')
    .list<Statement>(`/v1/programs/${programId}/statements?period=${PERIOD}&limit=200`);
  return items.map(({ partnerId, earnedMinor, clawbackMinor, payableMinor, closingBalanceMinor }) => ({
    partnerId: partnerId!,
    earnedMinor: earnedMinor!,
    clawbackMinor: clawbackMinor!,
    payableMinor: payableMinor!,
    closingBalanceMinor: closingBalanceMinor!,
  }));
}

/** Kills the stack `delayMs` after the work began, whatever the work was doing, then starts it again. */
async function cutAfter(delayMs: number, work: () => Promise<unknown>): Promise<void> {
  const running = work().catch(() => undefined);
  await pause(delayMs);
  await stack.kill();
  await running;
  await stack.restart();
}

/** Kills the stack as soon as the run is seen in a state. @returns whether it was seen before it had passed */
async function cutAt(programId: string, runId: string, status: string): Promise<boolean> {
  const finance = stack.as('finance');
  const after = STATES.slice(STATES.indexOf(status) + 1);
  let met = '';
  while (met !== status && !after.includes(met)) {
    met = (await finance.get<Run>(`/v1/programs/${programId}/payout-runs/${runId}`)).status;
  }
  await stack.kill();
  await stack.restart();
  return met === status;
}

describe('power cuts', () => {
  it('lose nothing and double nothing during import, compute, between approvals and during submission', async () => {
    const admin = stack.as('admin');
    const programId = await setUpProgram(admin, data);
    const merchant = stack.as('merchant_key');
    const send = () => importFacts(merchant, programId, data, () => undefined);

    for (const delayMs of [60, 200, 400]) await cutAfter(delayMs, send);
    const report = await send();
    expect(report.refused).toEqual([]);
    expect(report.conversions + report.refunds + report.duplicates).toBe(data.sales.length + data.refunds.length);

    const finance = stack.as('finance');
    const runId = await openRun(finance, programId, PERIOD);
    const cuts = [await cutAt(programId, runId, 'draining'), await cutAt(programId, runId, 'computing')];
    const run: Run = await waitForRun(finance, programId, runId, ['awaiting_decision']);

    await approveRun(stack.as('approver'), programId, run);
    await cutAfter(0, () => pause(0));
    const afterCut = await finance.get<Run>(`/v1/programs/${programId}/payout-runs/${runId}`);
    expect(afterCut.contentHash).toBe(run.contentHash);
    expect(afterCut.approvals?.given).toHaveLength(1);
    await approveRun(stack.as('approver2'), programId, run);
    cuts.push(await cutAt(programId, runId, 'posting'), await cutAt(programId, runId, 'submitting'));
    await waitForRun(finance, programId, runId, ENDED);
    // A fast machine may leave a state before the cut comes; most must be met, or this test proves nothing.
    expect(cuts.filter((met) => met).length, `met: ${cuts}`).toBeGreaterThanOrEqual(3);

    const calm = await undisturbed();
    expect(await statementsOf(programId)).toEqual(calm.statements);
    expect(await paid(programId, runId)).toEqual(calm.paid);
    expect(await journalOf(programId)).toEqual(calm.journal);
    expect(await balancesOf(programId)).toEqual(calm.balances);
  });
});

/** The same facts in a programme of their own, without a cut: what must come out. */
async function undisturbed(): Promise<{ statements: Statement[]; paid: unknown; journal: unknown; balances: unknown }> {
  const programId = await setUpProgram(stack.as('admin'), data, 'calm');
  await importFacts(stack.as('merchant_key'), programId, data, () => undefined, 'calm');
  const run = await closePeriod(stack, programId, PERIOD);
  return {
    statements: await statementsOf(programId),
    paid: await paid(programId, run.runId),
    journal: await journalOf(programId),
    balances: await balancesOf(programId),
  };
}

/** Every posting of the journal without its time: what must be there once, and nothing besides. */
async function journalOf(programId: string): Promise<string[]> {
  const csv = await stack.as('finance').text(`/v1/programs/${programId}/ledger/export?format=csv`);
  return csv
    .trim()
    .split('\r\n')
    .map((row) => row.slice(row.indexOf(',')))
    .sort();
}

async function balancesOf(programId: string): Promise<unknown[]> {
  return Promise.all(
    data.partners.map(async ({ partnerId }) => {
      const { balances } = await stack
        .as('finance')
        .get<{ balances: { currency: string; payableMinor: number; reservedMinor: number }[] }>(
          `/v1/programs/${programId}/partners/${partnerId}/balance`,
        );
      return [
        partnerId,
        balances.map(({ currency, payableMinor, reservedMinor }) => [currency, payableMinor, reservedMinor]),
      ];
    }),
  );
}

async function paid(programId: string, runId: string): Promise<unknown> {
  const { items } = await stack
    .as('finance')
    .get<{ items: { currency: string; controlSumMinor: number; count: number }[] }>(
      `/v1/programs/${programId}/payout-runs/${runId}/bank-files`,
    );
  return items.map(({ currency, controlSumMinor, count }) => ({ currency, controlSumMinor, count }));
}
