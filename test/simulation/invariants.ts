import type { StatementHeader } from '#shared/application/payouts/ports';
import { makeVerifyProgram } from '#shared/application/payouts/proof/verify-program';
import type { ConversionRecord, OrderRecord } from '#shared/application/referrals/ports';
import {
  accountBalances,
  CASH,
  EXPENSE_COMMISSION,
  EXPENSE_WRITE_OFF,
  PAYOUTS_IN_TRANSIT,
  payableChange,
} from '#shared/domain/ledger/journal';
import { type Payout, type PayoutStatus, RESERVED_STATUSES } from '#shared/domain/ledger/payout';
import { isEarnedByConversion } from '#shared/domain/pay/earned-lines';
import { statementState } from '#shared/domain/run/payout-run';
import type { NothingEarned, StatementLine } from '#shared/domain/statement/statement';
import { newHash } from '#test/support/builders/closing-half';
import { sha256 } from '#test/support/builders/payouts';
import { type House, PROGRAM_ID } from './house.ts';

const ALL = { limit: 10_000 };

export type Stated = {
  readonly header: StatementHeader;
  readonly lines: readonly StatementLine[];
  readonly nothing: readonly NothingEarned[];
};

/** The statements that were approved, oldest first, as they are stored. */
export async function finalStatements(house: House): Promise<readonly Stated[]> {
  const { runs, statements } = house.stored();
  const final = (await runs.list(PROGRAM_ID, ALL)).items.filter((run) => statementState(run) === 'final').reverse();
  const stated: Stated[] = [];
  for (const run of final) {
    for (const header of (await statements.list(PROGRAM_ID, run, ALL)).items) {
      const pages = (await statements.pages(PROGRAM_ID, header.statementId, ALL)).items;
      const nothing = [...(house.nothing.get(header.statementId)?.values() ?? [])].flat();
      stated.push({ header, lines: pages.flatMap(({ lines }) => lines), nothing });
    }
  }
  return stated;
}

const sumOf = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((sum, amount) => sum + amount, 0n);
const amountsOf = (payouts: readonly Payout[], ...statuses: readonly PayoutStatus[]): bigint =>
  sumOf(payouts.filter(({ status }) => statuses.includes(status)).map(({ amountMinor }) => amountMinor));

/** What is wrong with the books: nothing, unless a rule is broken. */
export async function faultsOf(house: House): Promise<readonly string[]> {
  const stated = await finalStatements(house);
  return [
    ...faultsOfJournal(house, stated),
    ...faultsOfStatements(stated),
    ...(await faultsOfBalances(house)),
    ...(await faultsOfDecisions(house, stated)),
    ...faultsOfClawbacks(stated),
    ...(await faultsOfProof(house)),
  ];
}

function faultsOfJournal({ fake: { entries, stored } }: House, stated: readonly Stated[]): readonly string[] {
  const faults: string[] = [];
  for (const { entryId, postings } of entries) {
    if (sumOf(postings.map(({ amountMinor }) => amountMinor)) !== 0n) faults.push(`${entryId} does not sum to zero`);
  }
  if (new Set(entries.map(({ entryId }) => entryId)).size !== entries.length) faults.push('an entry is there twice');
  const accounts = accountBalances(entries);
  for (const currency of new Set(entries.map((entry) => entry.currency))) {
    const payouts = [...stored.values()].filter((payout) => payout.currency === currency);
    const headers = stated.map(({ header }) => header).filter((header) => header.currency === currency);
    const moved = headers.map((header) => header.earnedMinor + header.clawbackMinor + header.adjustmentMinor);
    const writtenOff = sumOf(headers.map((header) => header.writtenOffMinor ?? 0n));
    const expected: readonly (readonly [string, bigint])[] = [
      [EXPENSE_COMMISSION, sumOf(moved) - writtenOff],
      [EXPENSE_WRITE_OFF, writtenOff],
      [PAYOUTS_IN_TRANSIT, -amountsOf(payouts, 'submitted')],
      [CASH, -amountsOf(payouts, 'settled')],
    ];
    for (const [account, minor] of expected) {
      const is = accounts.get(account)?.get(currency) ?? 0n;
      if (is !== minor)
        faults.push(`${account} in ${currency} is ${is} where its statements and payouts make ${minor}`);
    }
  }
  return faults;
}

function faultsOfStatements(stated: readonly Stated[]): readonly string[] {
  return stated.flatMap(({ header, lines }) => {
    const sum = (isMeant: (line: StatementLine) => boolean): bigint =>
      sumOf(lines.filter(isMeant).map(({ amountMinor }) => amountMinor));
    const { openingBalanceMinor, earnedMinor, clawbackMinor, adjustmentMinor, payableMinor } = header;
    const isWhole =
      sum(({ kind }) => kind !== 'clawback' && kind !== 'adjustment') === earnedMinor &&
      sum(({ kind }) => kind === 'clawback') === clawbackMinor &&
      sum(({ kind }) => kind === 'adjustment') === adjustmentMinor &&
      openingBalanceMinor + earnedMinor + clawbackMinor + adjustmentMinor === payableMinor + header.closingBalanceMinor;
    const paysWhatItGaveUp = (header.writtenOffMinor ?? 0n) > 0n && payableMinor > 0n;
    return [
      ...(isWhole ? [] : [`${header.statementId} does not add up`]),
      ...(paysWhatItGaveUp ? [`${header.statementId} pays out what it wrote off`] : []),
    ];
  });
}

async function faultsOfBalances({ fake, partners }: House): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { partnerId } of partners) {
    for (const { currency, payableMinor, reservedMinor } of await fake.balances.of(PROGRAM_ID, partnerId)) {
      const isOwn = (one: { partnerId: string; currency: string }): boolean =>
        one.partnerId === partnerId && one.currency === currency;
      const folded = sumOf(fake.entries.filter(isOwn).map(payableChange));
      const reserved = amountsOf([...fake.stored.values()].filter(isOwn), ...RESERVED_STATUSES);
      if (payableMinor !== folded) faults.push(`${partnerId} is owed ${payableMinor}, its entries make ${folded}`);
      if (reservedMinor !== reserved)
        faults.push(`${partnerId} has ${reservedMinor} reserved, its payouts ${reserved}`);
    }
  }
  return faults;
}

/** Where a sale stood, earning nothing, when it was decided on after that month was closed: the month keeps it. */
function keptByClosedMonths({ conversion, parts, reattributions, holdRecords = [] }: OrderRecord) {
  const { currency } = conversion;
  const moved = [...reattributions, ...holdRecords].filter(({ before, after }) => before.period !== after.period);
  return moved.flatMap(({ before: { period, partnerId } }) =>
    (parts?.map((part) => part.conversion) ?? [{ partnerId }]).map((one) => ({
      partnerId: one.partnerId,
      period,
      currency,
    })),
  );
}

/**
 * Each sale of a closed month stands in exactly one statement, of its partner, with lines or with reasons; one that was decided
 * on later in each of those months, and with reasons alone in all but the last.
 */
async function faultsOfDecisions(house: House, stated: readonly Stated[]): Promise<readonly string[]> {
  const places = new Map<string, string[]>();
  const paidIn = new Map<string, string[]>();
  for (const { header, lines, nothing } of stated) {
    const paid = new Set(lines.filter(isEarnedByConversion).map((line) => line.conversionId));
    for (const id of paid) {
      const sale = `${id} of ${header.partnerId}`;
      paidIn.set(sale, [...(paidIn.get(sale) ?? []), header.period]);
    }
    const unpaid = new Set(nothing.map(({ conversionId }) => conversionId));
    for (const id of [...paid, ...unpaid]) {
      places.set(id, [...(places.get(id) ?? []), `${header.partnerId} ${header.period} ${header.currency}`]);
    }
  }
  const { closedThrough } = await house.programs.get(PROGRAM_ID);
  const faults = [...paidIn].flatMap(([sale, periods]) =>
    periods.length > 1 ? [`${sale} was paid in ${periods}`] : [],
  );
  for (const orderId of house.orders) {
    const order = (await house.referrals.conversions.findOrder(PROGRAM_ID, orderId))!;
    const counted = (order.parts ?? [order]).map(({ conversion }) => conversion);
    const expected = [...counted, ...keptByClosedMonths(order)]
      .filter(({ partnerId, period }) => partnerId !== undefined && period <= closedThrough)
      .map(({ partnerId, period, currency }) => `${partnerId} ${period} ${currency}`)
      .sort();
    const found = [...(places.get(orderId) ?? [])].sort();
    places.delete(orderId);
    if (found.join() !== expected.join()) faults.push(`${orderId} is in [${found}], not in [${expected}]`);
    faults.push(...faultsOfParts(order));
  }
  return [...faults, ...[...places.keys()].map((id) => `${id} is stated but was not recorded`)];
}

/** The parts of a split sale are the sale: in what was sold, refunded and netted, and none gives back more than it has. */
function faultsOfParts({ conversion: sale, parts = [] }: OrderRecord): readonly string[] {
  if (sale.credits === undefined) return [];
  const partsAre = (of: (one: ConversionRecord) => bigint): boolean =>
    sumOf(parts.map(({ conversion }) => of(conversion))) === of(sale);
  const isWhole =
    parts.length === sale.credits.length &&
    partsAre(({ amountMinor }) => amountMinor) &&
    partsAre(({ refundedMinor }) => refundedMinor) &&
    partsAre(({ nettedMinor }) => nettedMinor);
  const isAbove = parts.some(({ conversion: part }) => part.refundedMinor > part.amountMinor);
  return [
    ...(isWhole ? [] : [`the parts of ${sale.orderId} do not add up to it`]),
    ...(isAbove ? [`a part of ${sale.orderId} gave more back than it has`] : []),
  ];
}

/** By conversion, plan version and component: what was earned and what of it was taken back. */
export function reversalsOf(stated: readonly Stated[]): ReadonlyMap<string, { earned: bigint; back: bigint }> {
  const reversals = new Map<string, { earned: bigint; back: bigint }>();
  for (const line of stated.flatMap(({ lines }) => lines)) {
    if (!isEarnedByConversion(line) && line.kind !== 'clawback') continue;
    const key = `${line.conversionId} ${line.planVersion} ${line.componentId}`;
    const { earned, back } = reversals.get(key) ?? { earned: 0n, back: 0n };
    const amount = line.amountMinor;
    reversals.set(key, line.kind === 'clawback' ? { earned, back: back - amount } : { earned: earned + amount, back });
  }
  return reversals;
}

function faultsOfClawbacks(stated: readonly Stated[]): readonly string[] {
  return [...reversalsOf(stated)].flatMap(([key, { earned, back }]) =>
    back < 0n || back > earned ? [`${key} earned ${earned} and gave ${back} back`] : [],
  );
}

/** The proof that auditors run, over what is stored. */
async function faultsOfProof(house: House): Promise<readonly string[]> {
  const { runs, shards, waitingLists, statements, adjustments } = house.stored();
  const verify = makeVerifyProgram({
    programs: house.programs,
    runs,
    shards,
    waitingLists,
    reviews: house.money.reviews,
    holds: house.money.payoutHolds,
    statements,
    adjustments,
    facts: house.referrals.facts,
    plans: { get: async (_programId, version) => house.plans.get(version) },
    partners: house.terms,
    decisions: { ofRun: async (_programId, runId) => house.decisions.get(runId) ?? [] },
    controls: house.money.programs,
    also: { plans: house.money.plans, apiKeyMakers: { all: async () => house.apiKeyMakers } },
    railChanges: { all: async () => [] },
    tierSchemes: { since: async () => [] },
    roleChanges: { giversSince: async () => [] },
    payeeChanges: { since: async () => house.payeeChanges },
    reattributors: house.referrals.reattributors,
    journal: house.fake.journal,
    balances: house.fake.balances,
    payouts: house.fake.payouts,
    history: house.fake.history,
    resolutions: house.fake.resolutions,
    digest: sha256,
    newHash,
    clock: house.clock,
    isOutage: () => false,
  });
  const { differences } = await verify({ programId: PROGRAM_ID });
  return differences.map((difference) => `proof: ${JSON.stringify(difference)}`);
}
