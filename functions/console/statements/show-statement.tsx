import { ButtonLink } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { definePage, part, sendFile, type View, view } from '#functions/console/web/page';
import { explainConversionRoute } from '#shared/contracts/payouts/statements/explain-conversion';
import { exportStatementRoute } from '#shared/contracts/payouts/statements/export-statement';
import { exportStatementPdfRoute } from '#shared/contracts/payouts/statements/export-statement-pdf';
import { LineCalculation } from './line-calculation.tsx';
import { readStatement } from './read-statement.ts';
import { STATEMENT_STAFF } from './show-statements.tsx';
import { programmeBase, STAFF_BASE, statementHref } from './statement-paths.ts';
import { StatementFiles, StatementView } from './statement-view.tsx';
import { placeOf } from './statement-words.ts';

/** One statement, line by line. */
export const showStatement = definePage({
  name: 'show-statement',
  path: `${STAFF_BASE}/statements/{statementId}`,
  access: STATEMENT_STAFF,
  show: async (visit) => {
    const { programId } = visit.programme;
    const { statementId = '' } = visit.params;
    const base = programmeBase(programId);
    const read = await readStatement(visit, statementId);
    if (!read) return missingStatement(base);
    const { partnerId, period, currency } = read.statement;
    const names = await namesOf(visit, { partners: [partnerId] });
    const place = placeOf(statementId);
    return view({
      title: `${names.partner(partnerId)}, ${visit.format.period(period)}`,
      trail: [['Statements', `${base}/statements`]],
      lead: (
        <>
          Statement of <a href={`${base}/partners/${encodeURIComponent(partnerId)}`}>{names.partner(partnerId)}</a> in{' '}
          {currency}, computed by{' '}
          <a href={`${base}/runs/${place?.runId}`}>the payout run of {visit.format.period(period)}</a>.
        </>
      ),
      actions: <StatementFiles base={statementHref(programId, statementId)} />,
      body: <StatementView visit={visit} read={read} base={statementHref(programId, statementId)} />,
    });
  },
});

/** A statement that is not there, or that a newer attempt has replaced. */
export function missingStatement(base: string): View {
  return view({
    title: 'There is no such statement now',
    status: 404,
    body: (
      <>
        <p>
          A run that was rejected takes its drafts with it, and the next attempt writes new ones. The list shows the
          newest statement of each month.
        </p>
        <ButtonLink href={`${base}/statements`} primary>
          All statements
        </ButtonLink>
      </>
    ),
  });
}

/** Why a sale of a statement earned what it earned; asked by htmx, what a line opens to. */
export const showCalculation = definePage({
  name: 'show-calculation',
  path: `${STAFF_BASE}/statements/{statementId}/calculation`,
  access: STATEMENT_STAFF,
  show: async (visit) => {
    const { programId } = visit.programme;
    const { statementId = '' } = visit.params;
    const orderId = visit.query.get('orderId') ?? '';
    const base = programmeBase(programId);
    const partnerId = placeOf(statementId)?.partnerId;
    const explanation = await visit.api.call(explainConversionRoute, { params: { programId, orderId } });
    const calculation = (isBrief: boolean) => (
      <LineCalculation visit={visit} explanation={explanation} partnerId={partnerId} brief={isBrief} />
    );
    if (visit.wantsPart) return part(calculation(true));
    return view({
      title: `Order ${orderId}`,
      trail: [
        ['Statements', `${base}/statements`],
        [statementId, statementHref(programId, statementId)],
      ],
      lead: 'What this sale earned, and every rule that looked at it.',
      body: calculation(false),
    });
  },
});

export const downloadStatementPdf = definePage({
  name: 'download-statement-pdf',
  path: `${STAFF_BASE}/statements/{statementId}/pdf`,
  access: STATEMENT_STAFF,
  show: async ({ api, programme: { programId }, params: { statementId = '' } }) =>
    sendFile(await api.download(exportStatementPdfRoute, { params: { programId, statementId } })),
});

export const downloadStatementCsv = definePage({
  name: 'download-statement-csv',
  path: `${STAFF_BASE}/statements/{statementId}/csv`,
  access: STATEMENT_STAFF,
  show: async ({ api, programme: { programId }, params: { statementId = '' } }) =>
    sendFile(await api.download(exportStatementRoute, { params: { programId, statementId } })),
});
