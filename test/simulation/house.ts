import { digest } from '#shared/adapters/digest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { Payee } from '#shared/application/payees';
import { makeAdvancePayout } from '#shared/application/payouts/paying/advance-payout';
import { makePostStatements } from '#shared/application/payouts/paying/post-statements';
import type { Rails } from '#shared/application/payouts/paying/rail';
import { makeSettlePayout } from '#shared/application/payouts/paying/settle-payout';
import { makeSubmitPayouts } from '#shared/application/payouts/paying/submit-payouts';
import { makeWriteBankFiles } from '#shared/application/payouts/paying/write-bank-files';
import type { KeptDecision } from '#shared/application/payouts/proof/verify-approvals';
import { makeCompletePayoutRun } from '#shared/application/payouts/runs/complete-payout-run';
import type { Program } from '#shared/application/programs';
import { makeDecideHold } from '#shared/application/referrals/holds/decide-hold';
import { makeReattributeConversion } from '#shared/application/referrals/sales/reattribute-conversion';
import { makeRecordConversion } from '#shared/application/referrals/sales/record-conversion';
import { makeRecordRefund } from '#shared/application/referrals/sales/record-refund';
import { PAYOUT_RAILS } from '#shared/domain/ledger/payout';
import type { PartnerTerms, Plan } from '#shared/domain/plan/plan';
import type { NothingEarned } from '#shared/domain/statement/statement';
import type { Instant } from '#shared/domain/time/instant';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { ACME_FILE_RAILS } from '#test/support/builders/file-rails';
import { at, sha256, silentLog } from '#test/support/builders/payouts';
import { makeFakeInvoices } from '#test/support/fakes/invoices';
import { makeFakeBankFiles, makeFakeDocuments, makeFakeLedger } from '#test/support/fakes/ledger';
import { type FakeMoney, makeFakeMoney } from '#test/support/fakes/money';
import { makeFakeRail } from '#test/support/fakes/rail';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { type Chance, crashing } from './chance.ts';

/** What a buyer pays from who is the partner: such a sale is held. */
export const OWN_ACCOUNT = 'the account of whichever partner';
export const PROGRAM_ID = 'acme';

/** What one programme is before its first sale. */
export type Setting = {
  readonly program: Partial<Program>;
  readonly partners: readonly PartnerTerms[];
  readonly plans: ReadonlyMap<number, Plan>;
  readonly payees: Readonly<Record<string, Payee>>;
  /** Of a crash at each write, before it and after it. */
  readonly crashes: number;
  /** Every payout settles and nobody is held back, so that a month opens with what the last one left by its facts alone. */
  readonly steady?: boolean;
  /** In place of crashes by chance. */
  readonly unsafe?: Unsafe;
  /** Besides the sandbox. */
  readonly rails?: Rails;
};

/** A store some of whose writes may fail. */
export type Unsafe = <T extends object>(store: T, ...writes: (keyof T)[]) => T;

export type House = ReturnType<typeof aHouse>;

/** The whole system over the fakes: the real use cases, with writes that are slow and crash. */
export function aHouse(setting: Setting, chance: Chance) {
  const unsafe: Unsafe = setting.unsafe ?? ((store, ...writes) => crashing(store, chance, setting.crashes, ...writes));
  const referrals = makeFakeReferrals();
  const fake = makeFakeLedger();
  const ledger = unsafe(fake.ledger, 'post', 'change');
  const { payouts, balances } = fake;
  let stored: FakeMoney = makeFakeMoney();
  /** Reasons by statement id and their place in it: what the table keeps beside the lines. */
  const nothing = new Map<string, ReadonlyMap<number, readonly NothingEarned[]>>();
  const through = (money: FakeMoney): FakeMoney => {
    stored = money;
    return {
      ...money,
      runs: unsafe(money.runs, 'open', 'advance', 'endUnpaid', 'failPaid', 'resume', 'decide', 'keepTaskToken'),
      shards: unsafe(money.shards, 'put', 'putResult'),
      waitingLists: unsafe(money.waitingLists, 'putPage'),
      reviews: unsafe(money.reviews, 'putPage', 'putSummary'),
      adjustments: unsafe(money.adjustments, 'record', 'propose', 'decide'),
      newWriter: () => {
        const writer = money.newWriter();
        const putNothing: typeof writer.putNothing = async (programId, statementId, ordinal, items) => {
          await writer.putNothing(programId, statementId, ordinal, items);
          nothing.set(statementId, new Map([...(nothing.get(statementId) ?? []), [ordinal, items]]));
        };
        return unsafe({ ...writer, putNothing }, 'putLines', 'putNothing', 'putHeader');
      },
    };
  };
  const { program: settings, partners, plans } = setting;
  const payees = new Map(Object.entries(setting.payees));
  const payeeDates = new Map<string, { readonly payeeId: string; readonly changedAt: Instant }>();
  const dated = (partnerId: string) =>
    payeeDates.get(partnerId) ?? { payeeId: `${partnerId}.enrolment`, changedAt: at('2025-01-01T00:00:00Z') };
  const onRecord = (partnerId: string) => {
    const payee = payees.get(partnerId);
    return payee && { rail: payee.rail, ...dated(partnerId) };
  };
  const half = aClosingHalf({
    payees: { of: onRecord },
    program: settings,
    partners,
    plans,
    facts: referrals.facts,
    reattributors: referrals.reattributors,
    balances,
    payouts,
    through,
  });
  let present = half.time.now;
  // Goes on at each look, so that nothing happens at the same instant as what it follows.
  Object.defineProperty(half.time, 'now', {
    get: () => {
      present += 1;
      return present;
    },
    set: (ms: number) => {
      present = ms;
    },
  });
  const clock = (): number => half.time.now;

  /** As a function that recorded facts last saw the programme: refreshed now and then, and by the drain of a close. */
  let seen: Program = half.program;
  const refresh = async (): Promise<void> => {
    seen = await half.programs.get(PROGRAM_ID);
  };
  const programs = {
    get: async (): Promise<Program> => {
      if (chance.happens(0.3)) await refresh();
      return seen;
    },
    zone: timeZoneOf,
  };
  const recording = {
    programs,
    partners: {
      find: async (_programId: string, id: string) => ({
        emailHash: digest(`${id}@partners.example`),
        accountHash: OWN_ACCOUNT,
      }),
    },
    codes: { find: async () => undefined },
    verifyClick: async () => undefined,
    pause: async () => {},
    random: chance.draw,
    clock,
    digest,
    looks: referrals.looks,
  };
  const conversions = unsafe(referrals.conversions, 'add');

  const payeeReader = {
    payee: async (_programId: string, partnerId: string) => {
      const payee = payees.get(partnerId);
      return payee && { ...payee, ...dated(partnerId) };
    },
    payeeOnRecord: async (_programId: string, partnerId: string) => onRecord(partnerId),
  };
  const rail = makeFakeRail(() => {
    if (setting.steady) return 'accepted';
    return chance.oneOf(['accepted', 'accepted', 'accepted', 'accepted', 'rejected', 'unknown']);
  });
  const { runs, shards, waitingLists, reviews, payoutHolds: holds } = half.money;
  const advance = makeAdvancePayout({ ledger, payouts, clock });
  const paying = {
    runs,
    shards,
    waitingLists,
    reviews,
    holds,
    payouts,
    payees: payeeReader,
    advance,
    digest: sha256,
    log: silentLog,
  };
  const documents = makeFakeDocuments();
  const files = makeFakeBankFiles();
  const rails: Rails = { ...setting.rails, sandbox: unsafe(rail, 'submit') };
  return {
    ...half,
    setting,
    stored: () => stored,
    nothing,
    referrals,
    fake,
    rail,
    rails,
    advance,
    documents,
    files,
    /** Bank details that come in count from before every run: what they unblock waits for the next one. */
    payees,
    /** When those came in that were changed since. */
    payeeDates,
    refresh,
    clock,
    plans,
    partners,
    decisions: new Map<string, KeptDecision[]>(),
    /** Of every sale that was recorded. */
    orders: new Set<string>(),
    recordConversion: makeRecordConversion({ ...recording, conversions }),
    recordRefund: makeRecordRefund({ ...recording, conversions, refunds: unsafe(referrals.refunds, 'add') }),
    reattribute: makeReattributeConversion({
      ...recording,
      conversions,
      reattributions: unsafe(referrals.reattributions, 'save'),
      disputes: { ofOrder: async () => [] },
    }),
    decideHold: makeDecideHold({
      ...recording,
      conversions,
      reattributions: unsafe(referrals.reattributions, 'save'),
    }),
    post: makePostStatements({ ...paying, ledger, invoices: unsafe(makeFakeInvoices(), 'issue'), clock }),
    submit: makeSubmitPayouts({ ...paying, rails, railsSetUp: async () => new Set(PAYOUT_RAILS) }),
    writeFiles: makeWriteBankFiles({
      ...paying,
      files: unsafe(files, 'create'),
      documents: unsafe(documents, 'putOnce'),
      railsOf: async () => ACME_FILE_RAILS,
      clock,
    }),
    settle: makeSettlePayout({ payouts, advance, log: silentLog }),
    complete: makeCompletePayoutRun({ runs, shards, waitingLists, payouts, clock }),
  };
}

/** An instant of the programme's present. */
export const nowOf = (house: House): Instant => at(new Date(house.time.now).toISOString());
