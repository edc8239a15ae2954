import { Badge, ButtonLink, Card, Copy, Empty, Pager, Stack, Table, Tabs, Time } from '#console/ui/parts';
import { definePage, view } from '#functions/console/web/page';
import { getApplicationFormRoute } from '#shared/contracts/partners/applications/get-application-form';
import { listApplicationsRoute } from '#shared/contracts/partners/applications/list-applications';
import { APPLICATION_STATUSES } from '#shared/domain/partner/application';
import {
  type ApplicationStatus,
  BASE,
  CARE,
  countryName,
  countWords,
  EMPTY,
  STATES,
  TABS,
} from './application-words.ts';

const A_PAGE = 25;

/** Who wants to become a partner: those to be decided first, and the address of the page where they apply. */
export const showApplications = definePage({
  name: 'show-applications',
  path: `${BASE}/applications`,
  access: CARE,
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const params = { programId: programme.programId };
    const base = `/console/programs/${programme.programId}/applications`;
    const status = statusOf(query.get('status'));
    const cursor = query.get('cursor') ?? undefined;
    const [page, form] = await Promise.all([
      api.call(listApplicationsRoute, { params, query: { status, cursor, limit: A_PAGE } }),
      api.call(getApplicationFormRoute, { params }),
    ]);
    const [emptyTitle, emptyWords] = EMPTY[status];
    return view({
      title: 'Applications',
      lead: countWords(page.waiting),
      actions: (
        <ButtonLink href={`${base}/form`} icon="settings">
          Application form
        </ButtonLink>
      ),
      body: (
        <Stack>
          <Card
            title="Where people apply"
            actions={<Badge tone={form.open ? 'good' : 'plain'}>{form.open ? 'Open' : 'Closed'}</Badge>}
          >
            <p>
              <a href={form.publicUrl} class="text-break">
                {form.publicUrl}
              </a>
            </p>
            <p class="text-secondary">
              {form.open
                ? 'Put this link on your site. Applicants read the page in English, German, Spanish or French.'
                : 'The page tells visitors that you are not looking for partners now. Open it in the application form.'}
            </p>
            <Copy text={form.publicUrl} label="Copy link" />
          </Card>
          <div>
            <Tabs
              label="Applications by state"
              tabs={TABS.map(([one, label]) => [label, `${base}?status=${one}`, one === status])}
            />
            <Card flush>
              {page.items.length === 0 ? (
                <Empty icon="applications" title={emptyTitle}>
                  {emptyWords}
                </Empty>
              ) : (
                <Table
                  caption="Applications"
                  rows={page.items}
                  keyOf={({ applicationId }) => applicationId}
                  columns={[
                    {
                      label: 'Applicant',
                      cell: (one) => (
                        <>
                          <a href={`${base}/${encodeURIComponent(one.applicationId)}`}>{one.name}</a>
                          <div class="text-secondary text-break">{one.email}</div>
                        </>
                      ),
                    },
                    { label: 'Country', isMinor: true, cell: (one) => countryName(one.country, format.locale) },
                    { label: 'Applied', cell: (one) => <Time at={one.receivedAt} format={format} as="day" /> },
                    {
                      label: 'State',
                      cell: (one) => <Badge tone={STATES[one.status][0]}>{STATES[one.status][1]}</Badge>,
                    },
                  ]}
                />
              )}
              <Pager address={visit.address} nextCursor={page.nextCursor} />
            </Card>
          </div>
        </Stack>
      ),
    });
  },
});

function statusOf(text: string | null): ApplicationStatus {
  return APPLICATION_STATUSES.find((one) => one === text) ?? 'waiting';
}
