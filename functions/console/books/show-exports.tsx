import { baseOf, MONEY } from '#console/books/books-frame';
import { FilterField } from '#console/ui/form';
import { ButtonLink, Card, Grid, Stack } from '#console/ui/parts';
import { dayBegins, dayEnds } from '#functions/console/books/day-bounds';
import { definePage, sendFile, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { exportAuditTrailRoute } from '#shared/contracts/payouts/audit/export-audit-trail';
import { exportLedgerRoute } from '#shared/contracts/payouts/ledger/export-ledger';

/** Files of the books for other programs, and to keep. */
export const showExports = definePage({
  name: 'show-exports',
  path: `${PROGRAM_PATH}/exports`,
  access: MONEY,
  show: async (visit) => {
    const base = baseOf(visit);
    return view({
      title: 'Exports',
      lead: 'The books as files: for your accounting, and to keep apart from this installation.',
      body: (
        <Grid wide>
          {visit.may('admin', 'finance') ? (
            <Card title="Journal">
              <form method="get" action={`${base}/exports/journal`} class="form-stack">
                <FilterField name="from" label="From" type="date" value="" />
                <FilterField name="to" label="To" type="date" value="" />
                <p class="text-secondary">
                  Days are those of {visit.programme.timeZone}. Without any, all entries; one file holds at most 15,000.
                </p>
                <div class="btn-list">
                  <button type="submit" name="format" value="csv" class="btn btn-primary">
                    Download as CSV
                  </button>
                  <button type="submit" name="format" value="hledger" class="btn">
                    Download for hledger
                  </button>
                </div>
              </form>
            </Card>
          ) : null}
          <Card title="Audit trail">
            <Stack>
              <p>
                Every record, a line each, with the fingerprint of the end. <code>npm run verify -- --audit FILE</code>{' '}
                checks it on any machine, without this installation.
              </p>
              <div>
                <ButtonLink href={`${base}/exports/audit-trail`} icon="download" download>
                  Download audit trail
                </ButtonLink>
              </div>
              <form method="get" action={`${base}/exports/audit-trail`} class="form-inline">
                <FilterField name="after" label="A long trail comes in parts: after record" value="" />
                <button type="submit" class="btn">
                  Download next part
                </button>
              </form>
            </Stack>
          </Card>
          <Card title="Statements and bank files">
            <p>
              Each <a href={`${base}/statements`}>statement</a> has a PDF and a CSV file. Bank files are with their{' '}
              <a href={`${base}/runs`}>payout run</a>.
            </p>
          </Card>
        </Grid>
      ),
    });
  },
});

export const downloadJournal = definePage({
  name: 'download-journal',
  path: `${PROGRAM_PATH}/exports/journal`,
  access: ['admin', 'finance'],
  show: async ({ api, programme, query }) => {
    const asked = {
      format: query.get('format') === 'hledger' ? 'hledger' : 'csv',
      from: dayBegins(query.get('from'), programme.timeZone),
      to: dayEnds(query.get('to'), programme.timeZone),
    } as const;
    return sendFile(
      await api.download(exportLedgerRoute, { params: { programId: programme.programId }, query: asked }),
    );
  },
});

export const downloadAuditTrail = definePage({
  name: 'download-audit-trail',
  path: `${PROGRAM_PATH}/exports/audit-trail`,
  access: MONEY,
  show: async ({ api, programme: { programId }, query }) => {
    const after = /^\d{1,12}$/.test(query.get('after') ?? '') ? Number(query.get('after')) : undefined;
    return sendFile(await api.download(exportAuditTrailRoute, { params: { programId }, query: { after } }));
  },
});
