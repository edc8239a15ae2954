import type { JSX } from 'preact';
import { FilterField } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Empty, Pager, Table } from '#console/ui/parts';
import { programmeBase } from '#functions/console/statements/statement-paths';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { definePage, type Visit, view } from '#functions/console/web/page';
import { listPartnerHealthRoute } from '#shared/contracts/partners/overview/list-partner-health';
import { getPayoutRunRoute } from '#shared/contracts/payouts/runs/get-payout-run';
import { listReviewedPartnersRoute } from '#shared/contracts/payouts/runs/list-reviewed-partners';
import { reviewFlagSchema, reviewOutcomeSchema } from '#shared/contracts/payouts/runs/run-review';
import { REVIEW_ORDERS } from '#shared/domain/run/review-order';
import { partnerPath } from './run-anomalies.ts';
import { decideHref, holdsOf, partnersHref, RUN_PATH, RUN_STAFF, runHref, runsHref, withQuery } from './run-paths.ts';
import {
  countingApprovals,
  FLAG_OPTIONS,
  flagWord,
  OUTCOME_OPTIONS,
  type OwnRun,
  outcomeWord,
  type ReviewedPartner,
} from './run-words.ts';

const A_PAGE = 50;
/** Partners that a search by name finds at most. */
const MAX_FOUND = 200;

/** Every partner of a run, with what it is paid or why not, against the month before. */
export const showRunPartners = definePage({
  name: 'show-run-partners',
  path: `${RUN_PATH}/partners`,
  access: RUN_STAFF,
  show: async (visit) => {
    const { api, format, programme, params, query } = visit;
    const { programId } = programme;
    const { runId = '' } = params;
    const wanted = readWanted(query);
    const [run, found] = await Promise.all([
      api.call(getPayoutRunRoute, { params: { programId, runId } }),
      wanted.q ? idsByName(visit, wanted.q) : undefined,
    ]);
    const { items, nextCursor } = await api.call(listReviewedPartnersRoute, {
      params: { programId, runId },
      query: { ...wanted, partnerIds: found?.join(','), cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    const chosen = chosenHolds(run, query);
    const names = await namesOf(visit, { partners: [...items.map(({ partnerId }) => partnerId), ...chosen] });
    const isFiltered = wanted.q || wanted.outcome || wanted.flag || wanted.currency;
    return view({
      title: `Partners in the run of ${format.period(run.period)}`,
      trail: [
        ['Payout runs', runsHref(programId)],
        [format.period(run.period), runHref(programId, runId)],
      ],
      lead: 'What each is paid, or why not, against the month before. Open a partner to see its statement and to hold it back.',
      actions: canChoose(run) ? (
        <ButtonLink href={decideHref(programId, runId, chosen)} primary>
          Decide
        </ButtonLink>
      ) : null,
      body: (
        <>
          <Chosen visit={visit} run={run} chosen={chosen} names={names} />
          <Narrow visit={visit} run={run} chosen={chosen} />
          <Card flush>
            {items.length === 0 ? (
              <Empty icon="search" title={isFiltered ? 'No partner matches' : 'No partner in this run'}>
                {isFiltered
                  ? 'Try fewer words, or show all.'
                  : 'Nobody earned anything, and nothing waits from before.'}
              </Empty>
            ) : (
              <Partners visit={visit} run={run} rows={items} chosen={chosen} names={names} />
            )}
            <Pager address={visit.address} nextCursor={nextCursor} />
          </Card>
        </>
      ),
    });
  },
});

type Wanted = {
  readonly q?: string;
  readonly outcome?: string;
  readonly flag?: string;
  readonly currency?: string;
  readonly sort?: string;
};

/** What the address asks for; what is none of the known words is left out. */
function readWanted(query: URLSearchParams): Wanted {
  const known = (name: string, options: readonly string[]): string | undefined =>
    options.find((one) => one === query.get(name));
  const currency = query.get('currency') ?? '';
  return Object.fromEntries(
    Object.entries({
      q: query.get('q')?.trim().slice(0, 64) || undefined,
      outcome: known('outcome', reviewOutcomeSchema.options),
      flag: known('flag', reviewFlagSchema.options),
      currency: /^[A-Z]{3}$/.test(currency) ? currency : undefined,
      sort: known('sort', REVIEW_ORDERS),
    }).filter(([, value]) => value !== undefined),
  );
}

/** Who is called so: the review knows ids alone. Without an overview the search is by id. */
async function idsByName({ api, programme }: Visit, q: string): Promise<readonly string[]> {
  const answer = await api.maybe(listPartnerHealthRoute, {
    params: { programId: programme.programId },
    query: { q, limit: MAX_FOUND },
  });
  return answer && 'items' in answer ? answer.items.map(({ partnerId }) => partnerId) : [];
}

/** The first approver chooses who is held back; the others approve the same. */
export const canChoose = (run: OwnRun): boolean =>
  run.status === 'awaiting_decision' && (run.yourDecision.allowed || run.yourDecision.mayReject);

export function chosenHolds(run: Pick<OwnRun, 'approvals' | 'holds'>, query: URLSearchParams): readonly string[] {
  return countingApprovals(run) > 0 ? run.holds : holdsOf(query);
}

function Chosen({
  visit: { format, programme, query },
  run,
  chosen,
  names,
}: {
  readonly visit: Visit;
  readonly run: OwnRun;
  readonly chosen: readonly string[];
  readonly names: NamesOf;
}): JSX.Element | null {
  if (chosen.length === 0) return null;
  const isFixed = countingApprovals(run) > 0;
  return (
    <Alert tone="attention" title={`${format.list(chosen.map(names.partner))} held back`}>
      <p>
        {isFixed
          ? 'The first approver chose this; whoever approves next approves the same.'
          : 'This holds once you approve the run. Their balance stays, and the next month opens with it. '}
        {isFixed ? null : (
          <>
            <a href={decideHref(programme.programId, run.runId, chosen)}>Go to the decision</a> or{' '}
            <a href={partnersHref(programme.programId, run.runId, readWanted(query))}>hold nobody back</a>.
          </>
        )}
      </p>
    </Alert>
  );
}

function Narrow({
  visit: { programme, query },
  run,
  chosen,
}: {
  readonly visit: Visit;
  readonly run: OwnRun;
  readonly chosen: readonly string[];
}): JSX.Element {
  const wanted = readWanted(query);
  const currencies = run.totals.map(({ currency }) => currency);
  return (
    <form method="get" action={`${runHref(programme.programId, run.runId)}/partners`} class="filters">
      {countingApprovals(run) > 0 ? null : chosen.map((id) => <input key={id} type="hidden" name="hold" value={id} />)}
      <FilterField name="q" label="Name or id" type="search" value={wanted.q} />
      <FilterField name="outcome" label="Outcome" value={wanted.outcome} options={[['', 'All'], ...OUTCOME_OPTIONS]} />
      <FilterField name="flag" label="Worth a look" value={wanted.flag} options={[['', 'All'], ...FLAG_OPTIONS]} />
      {currencies.length > 1 ? (
        <FilterField
          name="currency"
          label="Currency"
          value={wanted.currency}
          options={[['', 'All'], ...currencies.map((one) => [one, one] as const)]}
        />
      ) : null}
      <FilterField
        name="sort"
        label="Order"
        value={wanted.sort}
        options={[
          ['', 'By partner id'],
          ['due', 'Largest amount first'],
          ['change', 'Largest change first'],
        ]}
      />
      <button type="submit" class="btn">
        Show
      </button>
    </form>
  );
}

function Partners({
  visit: { format, programme, query },
  run,
  rows,
  chosen,
  names,
}: {
  readonly visit: Visit;
  readonly run: OwnRun;
  readonly rows: readonly ReviewedPartner[];
  readonly chosen: readonly string[];
  readonly names: NamesOf;
}): JSX.Element {
  const { programId } = programme;
  const base = programmeBase(programId);
  const maySet = canChoose(run) && countingApprovals(run) === 0;
  const hasBefore = rows.some(({ before }) => before !== undefined);
  const toggled = (partnerId: string): readonly string[] =>
    chosen.includes(partnerId) ? chosen.filter((id) => id !== partnerId) : [...chosen, partnerId].sort();
  const kept = maySet ? { hold: chosen } : {};
  return (
    <Table
      caption="Partners of the run"
      rows={rows}
      keyOf={({ partnerId, currency }) => `${partnerId} ${currency}`}
      columns={[
        {
          label: 'Partner',
          cell: (row) => (
            <>
              <a href={withQuery(`${base}${partnerPath(run.runId, row.partnerId)}`, kept)}>
                {names.partner(row.partnerId)}
              </a>
              {row.flags.length > 0 ? (
                <div class="text-secondary">{format.list(row.flags.map((flag) => flagWord(flag).toLowerCase()))}</div>
              ) : null}
            </>
          ),
        },
        {
          label: 'Outcome',
          cell: (row) => {
            if (row.outcome === 'pay' && chosen.includes(row.partnerId))
              return <Badge tone="attention">Held by decision</Badge>;
            const [tone, word] = outcomeWord(row.outcome);
            return <Badge tone={tone}>{word}</Badge>;
          },
        },
        {
          label: 'Earned',
          isNumber: true,
          isMinor: true,
          cell: ({ statement, currency }) => format.amount(statement?.earnedMinor ?? 0, currency),
        },
        ...(hasBefore
          ? [
              {
                label: 'Month before',
                isNumber: true,
                isMinor: true,
                cell: ({ before, currency }: ReviewedPartner) =>
                  before ? format.amount(before.earnedMinor, currency) : '',
              },
              {
                label: 'Change',
                isNumber: true,
                cell: ({ earnedChangeMinor, currency }: ReviewedPartner) =>
                  earnedChangeMinor === undefined ? '' : format.change(earnedChangeMinor, currency),
              },
            ]
          : []),
        { label: 'Due', isNumber: true, cell: ({ dueMinor, currency }) => format.amount(dueMinor, currency) },
        ...(maySet
          ? [
              {
                label: 'Hold back',
                cell: ({ partnerId, outcome }: ReviewedPartner) =>
                  outcome === 'pay' ? (
                    <a
                      href={partnersHref(programId, run.runId, { ...readWanted(query), hold: toggled(partnerId) })}
                      aria-label={`${chosen.includes(partnerId) ? 'Pay' : 'Hold back'} ${names.partner(partnerId)}`}
                    >
                      {chosen.includes(partnerId) ? 'Pay' : 'Hold back'}
                    </a>
                  ) : null,
              },
            ]
          : []),
      ]}
    />
  );
}
