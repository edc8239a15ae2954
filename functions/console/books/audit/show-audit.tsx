import { baseOf, isRefused, MONEY, orRefused, RefusedAlert } from '#console/books/books-frame';
import { FilterField, Filters } from '#console/ui/form';
import { Badge, ButtonLink, Card, Empty, Pager, Stack, Table, Time } from '#console/ui/parts';
import {
  AUDIT_KIND_OPTIONS,
  kindName,
  partnerOfSubject,
  statusWord,
  subjectWords,
} from '#functions/console/books/audit/audit-words';
import { dayBegins, dayEnds } from '#functions/console/books/day-bounds';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { listAuditTrailRoute } from '#shared/contracts/payouts/audit/list-audit-trail';
import { listAuditVerificationsRoute } from '#shared/contracts/payouts/audit/list-audit-verifications';
import { AUDIT_KINDS } from '#shared/domain/audit/audit-chain';

const A_PAGE = 25;

/** Who published, adjusted, decided and paid what, and when it was last proved. */
export const showAudit = definePage({
  name: 'show-audit',
  path: `${PROGRAM_PATH}/audit`,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, query, format } = visit;
    const base = baseOf(visit);
    const params = { programId: programme.programId };
    const [page, verifications] = await Promise.all([
      orRefused(
        api.call(listAuditTrailRoute, {
          params,
          query: {
            kind: AUDIT_KINDS.find((kind) => kind === query.get('kind')),
            subject: query.get('subject') ?? undefined,
            recordedBy: query.get('recordedBy') ?? undefined,
            from: dayBegins(query.get('from'), programme.timeZone),
            to: dayEnds(query.get('to'), programme.timeZone),
            cursor: query.get('cursor') ?? undefined,
            limit: A_PAGE,
          },
        }),
      ),
      api.call(listAuditVerificationsRoute, { params, query: { limit: 1 } }),
    ]);
    const items = isRefused(page) ? [] : page.items;
    const [last] = verifications.items;
    const names = await namesOf(visit, {
      people: [...items.map(({ recordedBy }) => recordedBy), last?.by],
      partners: items.flatMap(({ kind, subjectId }) => partnerOfSubject(kind, subjectId) ?? []),
    });
    return view({
      title: 'Audit trail',
      lead: 'Each record holds a fingerprint of the one before, so nothing can be changed or left out unseen.',
      actions: (
        <>
          <ButtonLink href={`${base}/exports`} icon="download">
            Export
          </ButtonLink>
          <ButtonLink href={`${base}/audit/verifications`} icon="shield" primary>
            Verify
          </ButtonLink>
        </>
      ),
      body: (
        <Stack>
          <Card title="Last verification">
            {last ? (
              <p>
                <Badge tone={statusWord(last.status)[0]}>{statusWord(last.status)[1]}</Badge>{' '}
                {format.count(last.chain.records)} records, <Time at={last.at} format={format} />, by{' '}
                {names.person(last.by)}. <a href={`${base}/audit/verifications`}>What was proved</a>
              </p>
            ) : (
              <p>
                Nobody has verified the trail here yet. <a href={`${base}/audit/verifications`}>Verify it now</a>.
              </p>
            )}
          </Card>
          <Filters action={`${base}/audit`}>
            <FilterField name="kind" label="What happened" value={query.get('kind')} options={AUDIT_KIND_OPTIONS} />
            <FilterField name="subject" label="About (part of its id)" value={query.get('subject')} />
            <FilterField name="from" label="From" type="date" value={query.get('from')} />
            <FilterField name="to" label="To" type="date" value={query.get('to')} />
          </Filters>
          {isRefused(page) ? (
            <RefusedAlert refused={page.refused} />
          ) : (
            <Card flush>
              {items.length === 0 ? (
                <Empty icon="audit" title="No records here">
                  Records appear moments after somebody publishes, adjusts, decides or pays something.
                </Empty>
              ) : (
                <Table
                  caption="Audit records"
                  rows={items}
                  keyOf={({ sequence }) => String(sequence)}
                  columns={[
                    { label: 'No.', isNumber: true, isMinor: true, cell: ({ sequence }) => format.count(sequence) },
                    {
                      label: 'When',
                      cell: ({ occurredAt }) => (
                        <span class="text-nowrap">
                          <Time at={occurredAt} format={format} />
                        </span>
                      ),
                    },
                    {
                      label: 'What happened',
                      cell: ({ sequence, kind }) => <a href={`${base}/audit/records/${sequence}`}>{kindName(kind)}</a>,
                    },
                    {
                      label: 'About',
                      isMinor: true,
                      cell: ({ kind, subjectId }) => subjectWords(kind, subjectId, { ...format, ...names }),
                    },
                    { label: 'Who', cell: ({ recordedBy }) => names.person(recordedBy) },
                  ]}
                />
              )}
              <Pager address={visit.address} nextCursor={page.nextCursor} />
            </Card>
          )}
        </Stack>
      ),
    });
  },
});
