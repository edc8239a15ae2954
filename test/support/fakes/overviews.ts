import type {
  Dashboard,
  OverviewFacts,
  Overviews,
  PartnerRow,
  RefreshRequest,
  ReturnedPayout,
  ReturnedPayouts,
  RowsHead,
} from '#shared/application/partners/overview/overview';
import { isHeldReason } from '#shared/domain/fraud/hold';
import type { FirstStep } from '#shared/domain/partner/health/health';
import type { Instant } from '#shared/domain/time/instant';
import type { FakeReferrals } from '#test/support/fakes/referrals';

/** Overviews in memory, under the same conditions as the table's. */
export function makeMemoryOverviews(): Overviews {
  const dashboards = new Map<string, Dashboard>();
  const heads = new Map<string, RowsHead>();
  const rows = new Map<string, readonly PartnerRow[]>();
  const requests = new Map<string, RefreshRequest & { until?: Instant; isDone: boolean }>();
  const keyOf = ({ programId, period }: Pick<RefreshRequest, 'programId' | 'period'>): string =>
    `${programId}#${period}`;
  return {
    dashboard: async (programId, period) => dashboards.get(`${programId}#${period}`),
    rowsHead: async (programId) => heads.get(programId),
    rows: async (programId, asOf) => rows.get(`${programId}#${asOf}`),
    saveDashboard: async (dashboard) => void dashboards.set(keyOf(dashboard), dashboard),
    saveRows: async (programId, head, all) => {
      rows.set(`${programId}#${head.asOf}`, all);
      heads.set(programId, head);
    },
    request: async (request, until) => {
      const known = requests.get(keyOf(request));
      if (known?.until !== undefined && known.until >= request.at) return false;
      requests.set(keyOf(request), { ...request, until, isDone: false });
      return true;
    },
    begin: async (request, until) => {
      const known = requests.get(keyOf(request));
      if (!known || known.requestId !== request.requestId || known.isDone) return false;
      requests.set(keyOf(request), { ...known, until });
      return true;
    },
    end: async (request, outcome) => {
      const known = requests.get(keyOf(request));
      if (known?.requestId !== request.requestId) return;
      const { until: _, ...rest } = known;
      requests.set(keyOf(request), { ...rest, isDone: outcome === 'done' });
    },
  };
}

export function makeMemoryReturned(): ReturnedPayouts {
  const noted = new Map<string, ReturnedPayout>();
  return {
    note: async (payout) => void noted.set(payout.payoutId, payout),
    count: async (programId, since) => {
      const found = [...noted.values()].filter((one) => one.programId === programId && one.at >= since);
      return new Map(
        [...Map.groupBy(found, ({ partnerId }) => partnerId)].map(([partnerId, all]) => [partnerId, all.length]),
      );
    },
  };
}

/** The facts of fake referrals as overviews count them. */
export function makeFakeOverviewFacts(
  { facts }: Pick<FakeReferrals, 'facts'>,
  {
    held = {},
    steps = {},
  }: { held?: Readonly<Record<string, number>>; steps?: Readonly<Record<string, FirstStep>> } = {},
): OverviewFacts {
  return {
    async *sales(programId, partnerId, period, from) {
      for await (const sale of facts.conversions(programId, partnerId, period)) {
        if (sale.occurredAt < from) continue;
        const { occurredAt, currency, amountMinor, refundedMinor, earnsNothing, credit } = sale as typeof sale & {
          credit?: { part: number };
        };
        yield [
          {
            ...{ occurredAt, currency, amountMinor, refundedMinor },
            isHeld: isHeldReason(earnsNothing),
            counts: earnsNothing === undefined,
            isFurtherPart: (credit?.part ?? 0) > 0,
          },
        ];
      }
    },
    heldSales: async () => ({
      count: Object.values(held).reduce((sum, count) => sum + count, 0),
      of: new Map(Object.entries(held)),
    }),
    firstStep: async (_programId, partnerId) => steps[partnerId] ?? 'no_link',
  };
}
