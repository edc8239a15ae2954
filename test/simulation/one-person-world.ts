import { authorize, type Principal } from '#functions/runtime/principal';
import { bankReportKeyOf } from '#shared/adapters/documents/bank-report-files';
import { bankFormats } from '#shared/adapters/rails/bank-reports/bank-formats';
import { makeBookBankEntry } from '#shared/application/payouts/bank-reports/book-bank-entry';
import { makeExpandReport } from '#shared/application/payouts/bank-reports/expand-report';
import { makeFindReportedPayouts } from '#shared/application/payouts/bank-reports/find-reported-payouts';
import { makeProcessBankReport } from '#shared/application/payouts/bank-reports/process-bank-report';
import { makeReceiveBankReport } from '#shared/application/payouts/bank-reports/receive-bank-report';
import { makeRecordBankEntry } from '#shared/application/payouts/bank-reports/record-bank-entry';
import { makeDecideBankEntry, makeResolveBankEntry } from '#shared/application/payouts/bank-reports/resolve-bank-entry';
import { makeHoldPayouts } from '#shared/application/payouts/holds/hold-payouts';
import { makeReleasePayouts } from '#shared/application/payouts/holds/release-payouts';
import { makeAskRail } from '#shared/application/payouts/paying/ask-rail';
import { makeDecidePayoutResolution } from '#shared/application/payouts/paying/decide-payout-resolution';
import { makeProposePayoutResolution } from '#shared/application/payouts/paying/propose-payout-resolution';
import type { Rail } from '#shared/application/payouts/paying/rail';
import { partnersRoutes } from '#shared/contracts/partners/routes';
import { payoutsRoutes } from '#shared/contracts/payouts/routes';
import { referralsRoutes } from '#shared/contracts/referrals/routes';
import type { RouteContract } from '#shared/contracts/route';
import type { Payout } from '#shared/domain/ledger/payout';
import { AT_ONCE } from '#test/support/builders/closing-half';
import { bankPayee, sandboxPayee, sha256 } from '#test/support/builders/payouts';
import { instant, JANUARY } from '#test/support/builders/runs';
import { makeFakeBankReports } from '#test/support/fakes/bank-reports';
import { chanceOf } from './chance.ts';
import { aHouse, type House, PROGRAM_ID } from './house.ts';

export const ROUTES: ReadonlyMap<string, RouteContract> = new Map(
  [...payoutsRoutes, ...referralsRoutes, ...partnersRoutes].map((route) => [route.name, route]),
);

const STAFF = ['admin', 'finance', 'approver', 'partner_manager'] as const;

/** A person with every role there is. */
export const aPerson = (name: string): Principal => ({
  kind: 'person',
  id: `person:${name}`,
  grants: STAFF.map((role) => ({ programId: '*', role })),
});
/** A key that the person made. */
export const aKeyOf = (person: Principal, number: number): Principal => ({
  kind: 'api_key',
  id: `key:${person.id}-${number}`,
  createdBy: person.id,
  grants: [{ programId: '*', role: number % 2 === 0 ? 'admin' : 'merchant' }],
});

export const PARTNERS = ['file', 'lost', 'late', 'sandbox'] as const;

/** A rail that took what it was sent and answers nothing; asked later, it says that it knows no such key. */
function aSilentRail(keys: Set<string>): Rail {
  return {
    submit: async ({ payoutId }) => {
      keys.add(payoutId);
      return { outcome: 'unknown', reason: 'no answer' };
    },
    find: async () => ({ state: 'never_seen' }),
  };
}

export type World = Awaited<ReturnType<typeof aWorld>>;

/**
 * A programme whose January was opened by one person and approved by so many others, and paid: to the sandbox, by a bank file, and to a rail that never answered;
 * `late` has no bank details, so that its payout waits. From here on others act.
 */
export async function aWorld(approvers: 1 | 2) {
  const since = instant('2025-12-01T00:00:00Z');
  const silent = new Set<string>();
  const house = aHouse(
    {
      program: { createdAt: since, approvals: { required: approvers } },
      partners: PARTNERS.map((partnerId) => ({
        partnerId,
        agreements: [{ from: since, planVersion: 1, sequence: 1 }],
        tiers: [{ from: since, tier: 'referral', sequence: 1 }],
      })),
      plans: new Map([
        [1, { version: 1, components: [{ kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1000 } }] }],
      ]),
      payees: {
        file: bankPayee(),
        lost: { rail: 'stripe', name: 'L', stripeAccountId: 'acct_1' },
        sandbox: sandboxPayee(),
      },
      crashes: 0,
      steady: true,
      rails: { stripe: aSilentRail(silent) },
    },
    chanceOf(1),
  );
  const { fake, documents, files, settle, clock } = house;
  const { payouts, resolutions } = fake;
  const { runs, payoutHolds: holds } = house.money;
  const bank = makeFakeBankReports();
  const book = makeBookBankEntry({ entries: bank.entries, settle });
  const find = makeFindReportedPayouts({ runs, payouts, digest: sha256 });
  const process = makeProcessBankReport({
    reports: bank.reports,
    documents,
    formats: bankFormats,
    expand: makeExpandReport({ files, documents, formats: bankFormats, find, payouts }),
    find,
    payouts,
    record: makeRecordBankEntry({ entries: bank.entries, book, digest: sha256, clock }),
    digest: sha256,
    clock,
  });
  const world = {
    ...house,
    bank,
    hold: makeHoldPayouts({ programs: house.programs, partners: house.terms, holds, clock }),
    release: makeReleasePayouts({ holds, clock }),
    ask: makeAskRail({ payouts, rails: house.rails, advance: house.advance, settle }),
    propose: makeProposePayoutResolution({ payouts, resolutions, clock }),
    decideResolution: makeDecidePayoutResolution({ payouts, resolutions, clock, ...AT_ONCE }),
    receive: makeReceiveBankReport({
      programs: house.programs,
      reports: bank.reports,
      documents,
      formats: bankFormats,
      process,
      keyOf: bankReportKeyOf,
      digest: sha256,
      clock,
    }),
    matchEntry: makeResolveBankEntry({ entries: bank.entries, payouts, book, clock }),
    decideEntry: makeDecideBankEntry({ entries: bank.entries, payouts, book, clock }),
    /** Every payout that any rail was sent, by its key. */
    sent: (): ReadonlySet<string> =>
      new Set([
        ...house.rail.paid.keys(),
        ...silent,
        ...[...fake.stored.values()]
          .filter((payout) => isInAFile(documents.texts, payout))
          .map(({ payoutId }) => payoutId),
      ]),
  };
  await house.ready();
  await house.refresh();
  for (const partnerId of PARTNERS) {
    await house.recordConversion({
      programId: PROGRAM_ID,
      partnerId,
      orderId: `january of ${partnerId}`,
      customerId: `customer of ${partnerId}`,
      occurredAt: instant('2026-01-10T12:00:00Z'),
      amountMinor: 50_000n,
      currency: 'GBP',
    });
  }
  house.time.now = Date.parse('2026-02-02T08:00:00Z');
  const run = await house.toDecision(JANUARY);
  await house.approve(run, 'person:a');
  if (approvers === 2) await house.approve(run, 'person:b');
  await goOn(world);
  if (world.sent().size !== 3) throw new Error(`January sent ${world.sent().size} payouts, not 3`);
  return world;
}

function isInAFile(texts: ReadonlyMap<string, string>, { endToEndId }: Payout): boolean {
  return (
    endToEndId !== undefined && [...texts].some(([key, text]) => key.includes('pain.001') && text.includes(endToEndId))
  );
}

/** What the workflows do by themselves, until nothing is left for them to do. */
export async function goOn(world: House): Promise<void> {
  const { items } = await world.money.runs.list(PROGRAM_ID, { limit: 1 });
  const run = items[0];
  if (!run) return;
  const ids = { programId: PROGRAM_ID, runId: run.runId };
  const eachShard = async (work: (shard: string) => Promise<unknown>): Promise<void> => {
    const { shards } = await world.plan(ids);
    for (const shard of shards) await work(shard);
  };
  switch (run.status) {
    case 'open':
      await world.refresh();
      await eachShard((shard) => world.compute({ ...ids, shard }));
      await eachShard((shard) => world.recount({ ...ids, shard }));
      await world.summarise(ids);
      await world.remind(ids);
      await world.request({ ...ids, taskToken: `token of ${run.runId}` });
      return;
    case 'awaiting_decision':
      if ((await world.remind(ids)).next === 'expire') await world.end({ ...ids, outcome: 'expired' });
      return;
    case 'posting':
      await eachShard((shard) => world.post({ ...ids, shard }));
      await world.money.runs.advance(PROGRAM_ID, run.runId, 'submitting');
      await eachShard((shard) => world.submit({ ...ids, shard }));
      await world.writeFiles(ids);
      await world.complete(ids);
  }
}

/** @throws Failure as the API answers who may not call the route */
export function assertMayCall(principal: Principal, name: string): void {
  const route = ROUTES.get(name);
  if (!route) throw new Error(`there is no route ${name}`);
  authorize(route, principal, { programId: PROGRAM_ID });
}
