import type { JSX } from 'preact';
import { Field, Form, Submit } from '#console/ui/form';
import { Badge, Card, Empty, Pager, Table, Tabs } from '#console/ui/parts';
import { programmeBase } from '#functions/console/statements/statement-paths';
import { namesOf } from '#functions/console/web/names';
import { type Action, defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { listPayoutHoldsRoute } from '#shared/contracts/payouts/holds/list-payout-holds';
import { releasePayoutsRoute } from '#shared/contracts/payouts/holds/release-payouts';

const PATH = '/console/programs/{programId}/payout-holds';
const A_PAGE = 50;

/** Whose payouts are kept back, by whom and why. */
export const showHolds = definePage({
  name: 'show-payout-holds',
  path: PATH,
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const { programId } = programme;
    const base = programmeBase(programId);
    const isReleased = query.get('state') === 'released';
    const { items, nextCursor } = await api.call(listPayoutHoldsRoute, {
      params: { programId },
      query: {
        state: isReleased ? 'released' : 'in_force',
        partnerId: query.get('partnerId') ?? undefined,
        cursor: query.get('cursor') ?? undefined,
        limit: A_PAGE,
      },
    });
    const names = await namesOf(visit, {
      partners: items.map(({ partnerId }) => partnerId),
      people: items.flatMap(({ by, release }) => [by, release?.by]),
    });
    const mayRelease = visit.may('admin', 'finance', 'approver') && !isReleased;
    return view({
      title: 'Held payouts',
      trail: [['Payouts', `${base}/payouts`]],
      lead: 'Payouts that somebody keeps back. Statements and balances go on; nothing of what is owed is lost.',
      body: (
        <>
          <Tabs
            label="Holds by state"
            tabs={[
              ['In force', `${base}/payout-holds`, !isReleased],
              ['Released', `${base}/payout-holds?state=released`, isReleased],
            ]}
          />
          <Card flush>
            {items.length === 0 ? (
              <Empty icon="shield" title={isReleased ? 'No hold was released' : 'No payout is held'}>
                Hold a partner’s payouts from its page in a run, when a payout needs a question answered first.
              </Empty>
            ) : (
              <Table
                caption={isReleased ? 'Released holds' : 'Holds in force'}
                rows={items}
                keyOf={({ holdId }) => holdId}
                columns={[
                  {
                    label: 'Partner',
                    cell: ({ partnerId }) => (
                      <a href={`${base}/partners/${encodeURIComponent(partnerId)}`}>{names.partner(partnerId)}</a>
                    ),
                  },
                  {
                    label: 'Held',
                    cell: ({ reason, by, at }) => (
                      <>
                        “{reason}”
                        <div class="text-secondary">
                          {names.person(by)}, {format.moment(at)}
                        </div>
                      </>
                    ),
                  },
                  {
                    label: isReleased ? 'Released' : 'Release',
                    cell: ({ holdId, partnerId, release }) =>
                      release ? (
                        <>
                          <Badge tone="good">Released</Badge> “{release.reason}”
                          <div class="text-secondary">
                            {names.person(release.by)}, {format.moment(release.at)}
                          </div>
                        </>
                      ) : mayRelease ? (
                        <ReleaseForm visit={visit} action={releaseHold} partnerId={partnerId} holdId={holdId} />
                      ) : null,
                  },
                ]}
              />
            )}
            <Pager address={visit.address} nextCursor={nextCursor} />
          </Card>
          {mayRelease && items.length > 0 ? (
            <p class="form-hint mt-2">
              What waited is paid by the next run that is computed after the release. Who releases cannot approve that
              run.
            </p>
          ) : null}
        </>
      ),
    });
  },
});

/** `backTo`: the page that it stands on, where it leads back to. */
export function ReleaseForm({
  visit,
  action,
  partnerId,
  holdId,
  backTo,
}: {
  readonly visit: Visit;
  readonly action: Action;
  readonly partnerId: string;
  readonly holdId: string;
  readonly backTo?: string;
}): JSX.Element {
  const id = `release-${holdId}`;
  return (
    <Form visit={visit} action={action} params={{ partnerId, holdId }} id={id} inline>
      {backTo ? <input type="hidden" name="backTo" value={backTo} /> : null}
      <Field
        visit={visit}
        action={action}
        formId={id}
        name="reason"
        label="Why it is released"
        required
        maxLength={1000}
      />
      <Submit tone="plain">Release</Submit>
    </Form>
  );
}

export const releaseHold = defineAction({
  name: 'release-payout-hold',
  path: `${PATH}/{partnerId}/{holdId}/release`,
  access: ['admin', 'finance', 'approver'],
  page: showHolds,
  send: async (visit, form, idempotencyKey) => {
    const { programId } = visit.programme;
    const { partnerId = '', holdId = '' } = visit.params;
    await visit.api.call(releasePayoutsRoute, {
      params: { programId, partnerId, holdId },
      body: { reason: form.text('reason') },
      idempotencyKey,
    });
    const base = programmeBase(programId);
    const backTo = form.optional('backTo');
    const to = backTo?.startsWith(`${base}/`) && !backTo.includes('//') ? backTo : `${base}/payout-holds`;
    return redirect(to, 'Released. The next run that is computed pays what waited.');
  },
});
