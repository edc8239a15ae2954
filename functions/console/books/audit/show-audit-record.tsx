import { baseOf, MONEY } from '#console/books/books-frame';
import { Card, Facts, Stack, Table, Time } from '#console/ui/parts';
import { kindName, pageOfSubject, partnerOfSubject, subjectWords } from '#functions/console/books/audit/audit-words';
import { contentRows } from '#functions/console/books/audit/record-content';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { listAuditTrailRoute } from '#shared/contracts/payouts/audit/list-audit-trail';

/** One record: what was recorded, and how it hangs in the chain. */
export const showAuditRecord = definePage({
  name: 'show-audit-record',
  path: `${PROGRAM_PATH}/audit/records/{sequence}`,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, params, format } = visit;
    const base = baseOf(visit);
    const sequence = /^\d{1,12}$/.test(params.sequence ?? '') ? Number(params.sequence) : 0;
    const page = await api.call(listAuditTrailRoute, {
      params: { programId: programme.programId },
      query: { order: 'oldest', limit: 1, ...(sequence > 1 ? { cursor: String(sequence - 1) } : {}) },
    });
    const [record] = page.items;
    const trail = [['Audit trail', `${base}/audit`]] as const;
    if (record?.sequence !== sequence) {
      return view({
        title: 'There is no such record',
        trail,
        status: 404,
        body: <p>The trail has {format.count(page.head.sequence)} records. Choose one from its list.</p>,
      });
    }
    const { kind, subjectId } = record;
    const partnerId = partnerOfSubject(kind, subjectId);
    const names = await namesOf(visit, {
      people: [record.recordedBy],
      partners: partnerId === undefined ? [] : [partnerId],
    });
    const about = subjectWords(kind, subjectId, { ...format, ...names });
    const subject = pageOfSubject(kind, subjectId);
    return view({
      title: kindName(kind),
      trail,
      lead: (
        <>
          Record {format.count(sequence)} of {format.count(page.head.sequence)}, by {names.person(record.recordedBy)}
        </>
      ),
      body: (
        <Stack>
          <Card title="What was recorded" lead="As it was stored then: amounts in minor units, times in UTC." flush>
            <Table
              caption="What was recorded"
              rows={contentRows(record.content)}
              keyOf={([name]) => name}
              columns={[
                { label: 'Member', cell: ([name]) => name },
                { label: 'Value', cell: ([, value]) => value },
              ]}
            />
          </Card>
          <Card title="Where it stands">
            <Facts
              rows={[
                ['When', <Time at={record.occurredAt} format={format} />],
                ['Who', names.person(record.recordedBy)],
                ['About', subject ? <a href={`${base}${subject}`}>{about}</a> : about],
                ['Its id', subjectId],
                ['Fingerprint', <code class="hash">{record.hash}</code>],
                ['Fingerprint of the record before', <code class="hash">{record.previousHash}</code>],
                [
                  'Beside it',
                  <>
                    {sequence > 1 ? <a href={`${base}/audit/records/${sequence - 1}`}>Record before</a> : 'The first'}
                    {' · '}
                    {sequence < page.head.sequence ? (
                      <a href={`${base}/audit/records/${sequence + 1}`}>Record after</a>
                    ) : (
                      'The last'
                    )}
                  </>,
                ],
              ]}
            />
          </Card>
        </Stack>
      ),
    });
  },
});
