import type {
  Balance,
  Balances,
  BankFile,
  BankFiles,
  Documents,
  Journal,
  JournalPages,
  JournalPlace,
  Ledger,
  PayoutHistory,
  PayoutResolutions,
  Payouts,
  WriteOutcome,
} from '#shared/application/payouts/ledger/ledger-ports';
import { type JournalEntry, payableChange } from '#shared/domain/ledger/journal';
import { isFileRail, type Payout, type PayoutChange, RESERVED_STATUSES } from '#shared/domain/ledger/payout';
import type { PayoutRecord } from '#shared/domain/ledger/payout-history';
import type { PayoutResolution } from '#shared/domain/ledger/payout-resolution';
import { compareText } from '#shared/domain/time/instant';

export type FakeLedger = {
  readonly ledger: Ledger;
  readonly balances: Balances;
  readonly journal: Journal;
  readonly pages: JournalPages;
  readonly payouts: Payouts;
  readonly history: PayoutHistory;
  readonly resolutions: PayoutResolutions;
  readonly entries: readonly JournalEntry[];
  readonly stored: ReadonlyMap<string, Payout>;
};

/** The ledger's tables in memory: each write is whole or nothing, under the same conditions as the real ones. */
export function makeFakeLedger(): FakeLedger {
  const entries: JournalEntry[] = [];
  const payouts = new Map<string, Payout>();
  const balances = new Map<string, Balance>();
  const records = new Map<string, PayoutRecord[]>();
  const resolutions = new Map<string, PayoutResolution>();
  const claims = new Map<string, { currency: string; payoutId: string }>();

  const add = (owner: Omit<Balance, 'payableMinor' | 'reservedMinor'> & { partnerId: string }, by: Balance): void => {
    const key = `${owner.partnerId}#${owner.currency}`;
    const before = balances.get(key) ?? { currency: owner.currency, payableMinor: 0n, reservedMinor: 0n };
    balances.set(key, {
      currency: owner.currency,
      payableMinor: before.payableMinor + by.payableMinor,
      reservedMinor: before.reservedMinor + by.reservedMinor,
    });
  };
  const hasEntry = (entry: JournalEntry | undefined): boolean =>
    entry !== undefined && entries.some((known) => known.entryId === entry.entryId);

  const posted = new Set<string>();

  const ledger: Ledger = {
    post: async ({ partnerId, currency, statement, entry, payout }) => {
      if (statement && !entry && !payout) {
        if (posted.has(statement.statementId)) return 'refused';
        posted.add(statement.statementId);
        return 'applied';
      }
      if (hasEntry(entry) || (payout && payouts.has(payout.payoutId))) return 'refused';
      if (entry) entries.push(entry);
      if (payout) payouts.set(payout.payoutId, payout);
      add(
        { partnerId, currency },
        { currency, payableMinor: entry ? payableChange(entry) : 0n, reservedMinor: payout?.amountMinor ?? 0n },
      );
      return 'applied';
    },
    change: async (...changes) => changeAll(changes),
  };
  const canChange = ([first]: readonly PayoutChange[]): boolean => {
    const stored = first && payouts.get(first.payout.payoutId);
    return (
      first === undefined || (stored?.status === first.from && (stored.changes ?? 0) === first.record.sequence - 1)
    );
  };
  const changeAll = (changes: readonly PayoutChange[]): WriteOutcome => {
    if (!canChange(changes) || changes.some(({ entry }) => hasEntry(entry))) return 'refused';
    for (const { payout, entry, record, payableDeltaMinor, reservedDeltaMinor } of changes) {
      const { payoutId, currency, partnerId } = payout;
      payouts.set(payoutId, payout);
      records.set(payoutId, [...(records.get(payoutId) ?? []), record]);
      if (entry) entries.push(entry);
      add({ partnerId, currency }, { currency, payableMinor: payableDeltaMinor, reservedMinor: reservedDeltaMinor });
      if (payout.status === 'submitting' && isFileRail(payout.rail)) {
        claims.set(`${payout.submissionRunId}#${payoutId}`, { currency, payoutId });
      }
    }
    return 'applied';
  };
  const keyOf = (payoutId: string, resolutionId: string): string => `${payoutId}#${resolutionId}`;

  return {
    ledger,
    entries,
    stored: payouts,
    balances: {
      of: async (_programId, partnerId) =>
        [...balances.entries()]
          .filter(([key]) => key.startsWith(`${partnerId}#`))
          .map(([, balance]) => balance)
          .sort((a, b) => compareText(a.currency, b.currency)),
    },
    journal: {
      async *ofPartner(_programId, partnerId) {
        yield* entries.filter((entry) => entry.partnerId === partnerId);
      },
      async *ofMonth(_programId, month) {
        yield* entries
          .filter((entry) => entry.postedAt.startsWith(month))
          .sort((a, b) => compareText(a.postedAt, b.postedAt) || compareText(a.entryId, b.entryId));
      },
    },
    pages: {
      ofMonth: async (_programId, { month, order, from, to, after, limit }) => {
        const sign = order === 'oldest' ? 1 : -1;
        const compare = (a: JournalPlace, b: JournalPlace): number =>
          sign * (compareText(a.postedAt, b.postedAt) || compareText(a.entryId, b.entryId));
        const all = entries
          .filter(({ postedAt }) => postedAt.startsWith(month) && postedAt >= from && postedAt <= to)
          .filter((entry) => after === undefined || compare(entry, after) > 0)
          .sort(compare);
        return { items: all.slice(0, limit), more: all.length > limit };
      },
      get: async (_programId, partnerId, entryId) =>
        entries.find((entry) => entry.partnerId === partnerId && entry.entryId === entryId),
    },
    history: { of: async (_programId, payoutId) => records.get(payoutId) ?? [] },
    resolutions: {
      propose: async (resolution) => {
        const key = keyOf(resolution.payoutId, resolution.resolutionId);
        if (resolutions.has(key)) return 'refused';
        resolutions.set(key, resolution);
        return 'applied';
      },
      get: async (_programId, payoutId, resolutionId) => resolutions.get(keyOf(payoutId, resolutionId)),
      ofPayout: async (_programId, payoutId) =>
        [...resolutions.values()]
          .filter((one) => one.payoutId === payoutId)
          .sort((a, b) => compareText(a.resolutionId, b.resolutionId)),
      async *ofRun(_programId, runId) {
        yield* [...resolutions.values()]
          .filter((one) => one.runId === runId)
          .sort((a, b) => compareText(`${a.payoutId}#${a.resolutionId}`, `${b.payoutId}#${b.resolutionId}`));
      },
      decide: async ({ payoutId, resolutionId }, decision, changes) => {
        const key = keyOf(payoutId, resolutionId);
        const stored = resolutions.get(key);
        if (stored?.status !== 'proposed' || changeAll(changes) === 'refused') return 'refused';
        const status = decision.decision === 'confirm' ? 'confirmed' : 'declined';
        resolutions.set(key, { ...stored, status, decision });
        return 'applied';
      },
    },
    payouts: {
      get: async (_programId, payoutId) => payouts.get(payoutId),
      getMany: async (_programId, ids) => ids.flatMap((id) => payouts.get(id) ?? []),
      ofRun: async (_programId, runId, { partnerId, after, limit }) => {
        const all = [...payouts.values()]
          .filter((payout) => payout.runId === runId && (partnerId === undefined || payout.partnerId === partnerId))
          .filter((payout) => after === undefined || payout.payoutId > after)
          .sort((a, b) => compareText(a.payoutId, b.payoutId));
        const items = all.slice(0, limit);
        return { items, nextCursor: all.length > limit ? items.at(-1)?.payoutId : undefined };
      },
      async *reserved(_programId, { first, last }) {
        const all = [...payouts.values()].filter((payout) => RESERVED_STATUSES.has(payout.status));
        yield* all
          .filter((payout) => payout.partnerId >= first && payout.partnerId <= last)
          .sort((a, b) => compareText(a.partnerId, b.partnerId) || compareText(a.payoutId, b.payoutId));
      },
      async *inBankFilesOf(_programId, runId) {
        const keys = [...claims.keys()].filter((key) => key.startsWith(`${runId}#`));
        yield* keys
          .flatMap((key) => claims.get(key) ?? [])
          .sort((a, b) => compareText(a.currency, b.currency) || compareText(a.payoutId, b.payoutId));
      },
    },
  };
}

export function makeFakeBankFiles(): BankFiles {
  const files = new Map<string, BankFile>();
  const keyOf = (...parts: readonly string[]): string => parts.join('#');
  return {
    get: async (programId, runId, currency, rail) => files.get(keyOf(programId, runId, currency, rail)),
    list: async (programId, runId) =>
      [...files.values()]
        .filter((file) => file.programId === programId && file.runId === runId)
        .sort((a, b) => compareText(`${a.currency}#${a.rail}`, `${b.currency}#${b.rail}`)),
    create: async (file) => {
      const key = keyOf(file.programId, file.runId, file.currency, file.rail);
      if (files.has(key)) return 'refused';
      files.set(key, file);
      return 'applied';
    },
  };
}

export function makeFakeDocuments(): Documents & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    putOnce: async (key, text) => {
      if (!texts.has(key)) texts.set(key, text);
      return texts.get(key) ?? text;
    },
    get: async (key) => {
      const text = texts.get(key);
      if (text === undefined) throw new Error(`no document ${key}`);
      return text;
    },
  };
}
