import type { JSX } from 'preact';
import { baseOf, MONEY } from '#console/books/books-frame';
import { Field, Form, Select, Submit } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Copy, Empty, Facts, Pager, Stack, Table, Time } from '#console/ui/parts';
import { breakWords, proofWords, statusWord, type Verification } from '#functions/console/books/audit/audit-words';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { defineAction, definePage, redirect, sendFile, type Visit, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { listAuditVerificationsRoute } from '#shared/contracts/payouts/audit/list-audit-verifications';
import { verifyAuditTrailRoute } from '#shared/contracts/payouts/audit/verify-audit-trail';
import { listPayoutRunsRoute } from '#shared/contracts/payouts/runs/list-payout-runs';

const A_PAGE = 20;
const RUNS_SHOWN = 100;
const DIFFERENCES_SHOWN = 20;
const PATH = `${PROGRAM_PATH}/audit/verifications`;

/** Runs a verification, and shows what the last ones found. */
export const showVerifications = definePage({
  name: 'show-verifications',
  path: PATH,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, query, format } = visit;
    const params = { programId: programme.programId };
    const base = baseOf(visit);
    const [page, runs] = await Promise.all([
      api.call(listAuditVerificationsRoute, {
        params,
        query: { cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
      }),
      api.call(listPayoutRunsRoute, { params, query: { limit: RUNS_SHOWN } }),
    ]);
    const closed = runs.items.filter(({ status }) => PROVABLE.has(status)).map(({ period }) => period);
    const months = [...new Set(closed)].toSorted().toReversed();
    const [latest, ...older] = page.items;
    const names = await namesOf(visit, { people: page.items.map(({ by }) => by) });
    const form = { visit, action: runVerification } as const;
    return view({
      title: 'Verification',
      trail: [['Audit trail', `${base}/audit`]],
      lead: 'Proves that the books say what happened. It changes nothing, and its result is kept.',
      body: (
        <Stack>
          <Card title="Verify now">
            <Form {...form}>
              <Select
                {...form}
                name="period"
                label="Compute a month again, too"
                hint="Its statements, approvals and journal entries are computed again from their facts and compared."
                options={[['', 'Only the trail'], ...months.map((month) => [month, format.period(month)] as const)]}
              />
              <Field
                {...form}
                name="head"
                label="Fingerprint that you kept"
                hint="Of an earlier result: the trail must still pass through it."
                maxLength={64}
                required={false}
              />
              <Submit>Verify</Submit>
            </Form>
          </Card>
          {latest ? (
            <Result visit={visit} result={latest} names={names} />
          ) : (
            <Card>
              <Empty icon="shield" title="Nothing was verified yet">
                The result of each verification stays here, with who ran it.
              </Empty>
            </Card>
          )}
          {older.length > 0 ? (
            <Card title="Earlier" flush>
              <Table
                caption="Earlier verifications"
                rows={older}
                keyOf={({ verificationId }) => verificationId}
                columns={[
                  { label: 'When', cell: ({ at }) => <Time at={at} format={format} /> },
                  {
                    label: 'Result',
                    cell: ({ status }) => <Badge tone={statusWord(status)[0]}>{statusWord(status)[1]}</Badge>,
                  },
                  { label: 'Records', isNumber: true, cell: ({ chain }) => format.count(chain.records) },
                  { label: 'Month', isMinor: true, cell: ({ period }) => period && format.period(period.period) },
                  { label: 'By', isMinor: true, cell: ({ by }) => names.person(by) },
                ]}
              />
              <Pager address={visit.address} nextCursor={page.nextCursor} />
            </Card>
          ) : null}
        </Stack>
      ),
    });
  },
});

/** In these a run was approved, so that its month can be computed again. */
const PROVABLE: ReadonlySet<string> = new Set(['posting', 'submitting', 'completed', 'completed_with_failures']);

type ResultProps = { readonly visit: Visit; readonly result: Verification; readonly names: NamesOf };

function Result({ visit, result, names }: ResultProps): JSX.Element {
  const { format } = visit;
  const { chain, period } = result;
  const [tone, word] = statusWord(result.status);
  const isTrailOver = chain.through.sequence === chain.head.sequence;
  const again = { visit, action: continueVerification } as const;
  return (
    <Card
      title="Latest result"
      lead={
        <>
          <Time at={result.at} format={format} />, by {names.person(result.by)}
        </>
      }
      actions={
        <ButtonLink href={`${baseOf(visit)}/audit/verifications/download`} icon="download" download>
          Download
        </ButtonLink>
      }
    >
      <Stack>
        <p>
          <Badge tone={tone}>{word}</Badge>
        </p>
        {chain.broken ? (
          <Alert tone="bad" title={`The trail is broken at record ${format.count(chain.broken.sequence)}`}>
            <p>
              Of this record {breakWords(chain.broken.field)}. Stored is <code class="hash">{chain.broken.stored}</code>
              , expected <code class="hash">{chain.broken.expected}</code>. The {format.count(chain.records)} records
              before it hold. Stop approving payouts, keep a copy of the database, and call whoever runs this
              installation.
            </p>
          </Alert>
        ) : null}
        {period && period.status !== 'equal' ? <PeriodFault visit={visit} period={period} /> : null}
        {result.status === 'unfinished' ? (
          isTrailOver ? (
            <Alert tone="attention" title="The month takes longer than one answer allows">
              <p>
                The trail holds. Run <code>{result.command}</code> to compute the month again.
              </p>
            </Alert>
          ) : (
            <Form {...again}>
              <p>
                {format.count(chain.records)} of {format.count(chain.head.sequence)} records were followed and hold. One
                answer had no time for more.
              </p>
              <input type="hidden" name="continues" value={result.verificationId} />
              <Submit>Continue</Submit>
            </Form>
          )
        ) : null}
        <Facts
          rows={[
            ['Records that hold', format.count(chain.records)],
            ['Earlier results it passes through', format.count(chain.earlierHeads)],
            [
              'Month computed again',
              period &&
                `${format.period(period.period)}: ${format.count(period.statements)} statements, ${format.count(period.entries)} entries, ${format.count(period.balances)} balances`,
            ],
            [
              'Fingerprint of the end',
              <>
                <code class="hash">{chain.head.hash}</code> <Copy text={chain.head.hash} />
              </>,
            ],
          ]}
        />
        <div>
          <h3 class="h4">What this proves</h3>
          {result.proved.length === 0 ? <p>Nothing yet.</p> : <Proofs proofs={result.proved} />}
          <h3 class="h4">What was not checked</h3>
          <Proofs proofs={result.notProved} />
          <p class="text-secondary">
            All of it is proved by <code>{result.command}</code>, which needs no trust in this page. Keep the
            fingerprint somewhere else: with it you can show later that nothing before it was changed.
          </p>
        </div>
      </Stack>
    </Card>
  );
}

function Proofs({ proofs }: { readonly proofs: Verification['proved'] }): JSX.Element {
  return (
    <ul>
      {proofs.map((proof) => (
        <li key={proof}>{proofWords(proof)}</li>
      ))}
    </ul>
  );
}

type FaultProps = { readonly visit: Visit; readonly period: NonNullable<Verification['period']> };

function PeriodFault({ visit, period }: FaultProps): JSX.Element | null {
  if (period.status === 'unfinished') return null;
  const shown = period.differences.slice(0, DIFFERENCES_SHOWN);
  const more = period.differences.length - shown.length + period.unnamed;
  return (
    <>
      <Alert tone="bad" title={`${visit.format.period(period.period)} does not come out the same`}>
        <p>
          What is stored differs from what its facts say. Stop approving payouts, keep a copy of the database, and call
          whoever runs this installation.
        </p>
      </Alert>
      <Table
        caption="Differences"
        rows={shown}
        keyOf={({ subject, id, field }) => `${subject} ${id} ${field}`}
        columns={[
          { label: 'What', cell: ({ subject, id }) => `${subject} ${id}` },
          { label: 'Field', cell: ({ field }) => field },
          { label: 'Stored', cell: ({ stored }) => stored },
          { label: 'Computed again', cell: ({ recomputed }) => recomputed },
        ]}
      />
      {more > 0 ? <p>{visit.format.count(more)} more differ.</p> : null}
    </>
  );
}

export const runVerification = defineAction({
  name: 'run-verification',
  path: PATH,
  access: MONEY,
  page: showVerifications,
  send: async (visit, form, idempotencyKey) => {
    const result = await visit.api.call(verifyAuditTrailRoute, {
      params: { programId: visit.programme.programId },
      idempotencyKey,
      body: { period: form.optional('period'), head: form.optional('head')?.toLowerCase() },
    });
    return redirect(`${baseOf(visit)}/audit/verifications`, `Verified: ${statusWord(result.status)[1].toLowerCase()}.`);
  },
});

export const continueVerification = defineAction({
  name: 'continue-verification',
  path: `${PATH}/continue`,
  access: MONEY,
  page: showVerifications,
  send: async (visit, form, idempotencyKey) => {
    const result = await visit.api.call(verifyAuditTrailRoute, {
      params: { programId: visit.programme.programId },
      idempotencyKey,
      body: { continues: form.text('continues') },
    });
    return redirect(`${baseOf(visit)}/audit/verifications`, `Verified: ${statusWord(result.status)[1].toLowerCase()}.`);
  },
});

/** The last results as the API gives them: to be kept elsewhere. */
export const downloadVerifications = definePage({
  name: 'download-verifications',
  path: `${PATH}/download`,
  access: MONEY,
  show: async ({ api, programme: { programId } }) => {
    const file = await api.download(listAuditVerificationsRoute, { params: { programId }, query: { limit: A_PAGE } });
    return sendFile({ ...file, disposition: `attachment; filename="${programId}-verifications.json"` });
  },
});
