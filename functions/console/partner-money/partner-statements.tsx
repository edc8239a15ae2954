import { LineCalculation } from '#console/statements/line-calculation';
import { StatementFiles, StatementView } from '#console/statements/statement-view';
import { Badge, ButtonLink, Card, Empty, Pager, Stack, Table } from '#console/ui/parts';
import { readStatement } from '#functions/console/statements/read-statement';
import { placeOf, statementState } from '#functions/console/statements/statement-words';
import { type Action, definePage, type Page, part, sendFile, type View, view } from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref } from '#functions/console/web/paths';
import { explainConversionRoute } from '#shared/contracts/payouts/statements/explain-conversion';
import { exportStatementRoute } from '#shared/contracts/payouts/statements/export-statement';
import { exportStatementPdfRoute } from '#shared/contracts/payouts/statements/export-statement-pdf';
import { listInvoicesRoute } from '#shared/contracts/payouts/statements/list-invoices';
import { listStatementsRoute } from '#shared/contracts/payouts/statements/list-statements';

const ACCESS = ['partner', 'partner_manager', 'finance', 'approver', 'admin'] as const;
const A_PAGE = 50;

const homeOf = (params: Readonly<Record<string, string>>): string =>
  partnerHref(params.programId ?? '', params.partnerId ?? '');

/** A partner's statements, newest month first, with the invoices that go with them. */
export const showPartnerStatements = definePage({
  name: 'show-partner-statements',
  path: `${PARTNER_PATH}/statements`,
  access: ACCESS,
  show: async (visit) => {
    const { api, format, params, query, programme } = visit;
    const { programId } = programme;
    const { partnerId = '' } = params;
    const [{ items, nextCursor }, invoices] = await Promise.all([
      api.call(listStatementsRoute, {
        params: { programId },
        query: { partnerId, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
      }),
      api.maybe(listInvoicesRoute, { params: { programId, partnerId } }),
    ]);
    const base = `${homeOf(params)}/statements`;
    const numberOf = new Map(invoices?.items.map(({ statementId, number }) => [statementId, number]));
    return view({
      title: 'Statements',
      lead: 'What was earned in each month, line by line, each line down to its calculation.',
      body: (
        <Card flush>
          {items.length === 0 ? (
            <Empty icon="statements" title="No statement yet">
              One is written for each month with something in it, soon after the month has ended.
            </Empty>
          ) : (
            <Table
              caption="Statements"
              rows={items}
              keyOf={({ statementId }) => statementId}
              columns={[
                {
                  label: 'Month',
                  cell: (one) => (
                    <>
                      <a href={`${base}/${encodeURIComponent(one.statementId)}`}>
                        {format.period(one.period)} ({one.currency})
                      </a>
                      <div>
                        <Badge tone={statementState(one)[0]}>{statementState(one)[1]}</Badge>
                      </div>
                    </>
                  ),
                },
                {
                  label: 'Earned',
                  isNumber: true,
                  cell: (one) => format.amount(one.earnedMinor, one.currency),
                },
                {
                  label: 'Taken back',
                  isNumber: true,
                  isMinor: true,
                  cell: (one) => format.amount(one.clawbackMinor, one.currency),
                },
                {
                  label: 'Corrections',
                  isNumber: true,
                  isMinor: true,
                  cell: (one) => format.amount(one.adjustmentMinor, one.currency),
                },
                { label: 'To be paid', isNumber: true, cell: (one) => format.amount(one.payableMinor, one.currency) },
                { label: 'Invoice', isMinor: true, cell: ({ statementId }) => numberOf.get(statementId) ?? '' },
                {
                  label: 'Files',
                  cell: ({ statementId, period }) => (
                    <>
                      <a href={`${base}/${encodeURIComponent(statementId)}/pdf`} download="">
                        PDF<span class="visually-hidden"> of {format.period(period)}</span>
                      </a>
                      {', '}
                      <a href={`${base}/${encodeURIComponent(statementId)}/csv`} download="">
                        CSV<span class="visually-hidden"> of {format.period(period)}</span>
                      </a>
                    </>
                  ),
                },
              ]}
            />
          )}
          <Pager address={visit.address} nextCursor={nextCursor} />
        </Card>
      ),
    });
  },
});

/** A statement belongs to this partner, or there is none at this address. */
const isOf = (params: Readonly<Record<string, string>>): boolean =>
  placeOf(params.statementId ?? '')?.partnerId === params.partnerId;

function missing(params: Readonly<Record<string, string>>): View {
  return view({
    title: 'There is no such statement now',
    status: 404,
    body: (
      <Stack>
        <p>A month that is computed again gets a new statement. The list shows the newest of each month.</p>
        <p>
          <ButtonLink href={`${homeOf(params)}/statements`} primary>
            All statements
          </ButtonLink>
        </p>
      </Stack>
    ),
  });
}

export const showPartnerStatement = definePage({
  name: 'show-partner-statement',
  path: `${PARTNER_PATH}/statements/{statementId}`,
  access: ACCESS,
  show: async (visit) => {
    const { params, format } = visit;
    const { statementId = '' } = params;
    const read = isOf(params) ? await readStatement(visit, statementId) : undefined;
    if (!read) return missing(params);
    const base = `${homeOf(params)}/statements/${encodeURIComponent(statementId)}`;
    return view({
      title: `Statement of ${format.period(read.statement.period)}`,
      trail: [['Statements', `${homeOf(params)}/statements`]],
      actions: (
        <>
          <StatementFiles base={base} />
          <ButtonLink href={`${homeOf(params)}/disputes/new?statementId=${encodeURIComponent(statementId)}`}>
            Question this
          </ButtonLink>
        </>
      ),
      body: <StatementView visit={visit} read={read} base={base} />,
    });
  },
});

/** What a line opens to: why a sale earned what it earned. */
export const showPartnerCalculation = definePage({
  name: 'show-partner-calculation',
  path: `${PARTNER_PATH}/statements/{statementId}/calculation`,
  access: ACCESS,
  show: async ({ api, format, params, programme: { programId }, query, wantsPart }) => {
    const orderId = query.get('orderId') ?? '';
    const { statementId = '', partnerId } = params;
    const explanation = await api.call(explainConversionRoute, { params: { programId, orderId } });
    const body = (
      <LineCalculation visit={{ format }} explanation={explanation} partnerId={partnerId} brief={wantsPart} />
    );
    if (wantsPart) return part(body);
    return view({
      title: `Order ${orderId}`,
      trail: [
        ['Statements', `${homeOf(params)}/statements`],
        ['Statement', `${homeOf(params)}/statements/${encodeURIComponent(statementId)}`],
      ],
      lead: 'What this sale earned, and every rule that looked at it.',
      body,
    });
  },
});

const downloadPdf = definePage({
  name: 'download-partner-statement-pdf',
  path: `${PARTNER_PATH}/statements/{statementId}/pdf`,
  access: ACCESS,
  show: async ({ api, programme: { programId }, params }) =>
    isOf(params)
      ? sendFile(
          await api.download(exportStatementPdfRoute, { params: { programId, statementId: params.statementId ?? '' } }),
        )
      : missing(params),
});

const downloadCsv = definePage({
  name: 'download-partner-statement-csv',
  path: `${PARTNER_PATH}/statements/{statementId}/csv`,
  access: ACCESS,
  show: async ({ api, programme: { programId }, params }) =>
    isOf(params)
      ? sendFile(
          await api.download(exportStatementRoute, { params: { programId, statementId: params.statementId ?? '' } }),
        )
      : missing(params),
});

export const partnerStatementPages: readonly (Page | Action)[] = [
  showPartnerStatements,
  showPartnerStatement,
  showPartnerCalculation,
  downloadPdf,
  downloadCsv,
];
