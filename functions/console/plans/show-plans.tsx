import { PlanWords } from '#console/plans/plan-words';
import { Badge, ButtonLink, Card, Empty, Pager, Stack, Table } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { listPlanDraftsRoute } from '#shared/contracts/payouts/plans/list-plan-drafts';
import { draftHref, PLAN_READERS, PLAN_WRITERS, PLANS_PATH, planHref, startHref } from './plan-paths.ts';
import { allPlans } from './read-plans.ts';

/** What partners are paid by: every published version, and the drafts in work. */
export const showPlans = definePage({
  name: 'show-plans',
  path: PLANS_PATH,
  access: PLAN_READERS,
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const { programId } = programme;
    const cursor = query.get('cursor') ?? undefined;
    const [plans, drafts] = await Promise.all([
      allPlans(visit),
      api.call(listPlanDraftsRoute, { params: { programId }, query: { status: 'open', cursor } }),
    ]);
    const names = await namesOf(visit, {
      people: [...plans.map(({ publishedBy }) => publishedBy), ...drafts.items.map(({ savedBy }) => savedBy)],
    });
    const mayWrite = visit.may(...PLAN_WRITERS);
    const start = (
      <ButtonLink href={startHref(programId)} primary icon="plus">
        Start a draft
      </ButtonLink>
    );
    return view({
      title: 'Plans',
      lead: 'A plan says what partners earn. A published version never changes; each partner’s agreement names the version it is paid by.',
      actions: mayWrite ? start : null,
      body: (
        <Stack>
          <Card title="Drafts in work" flush>
            {drafts.items.length === 0 ? (
              <Empty icon="edit" title="No draft in work">
                A draft can be saved half done, simulated on past months, and published once it is sound.
              </Empty>
            ) : (
              <Table
                caption="Drafts in work"
                rows={drafts.items}
                keyOf={({ draftId }) => draftId}
                columns={[
                  { label: 'Draft', cell: ({ draftId, name }) => <a href={draftHref(programId, draftId)}>{name}</a> },
                  {
                    label: 'State',
                    cell: ({ brokenRules }) =>
                      brokenRules === 0 ? (
                        <Badge tone="good">Can be published</Badge>
                      ) : (
                        <Badge tone="attention">
                          {brokenRules === 1 ? '1 thing' : `${format.count(brokenRules)} things`} to mend
                        </Badge>
                      ),
                  },
                  { label: 'Saved by', cell: ({ savedBy }) => names.person(savedBy) },
                  { label: 'Saved', isMinor: true, cell: ({ savedAt }) => format.moment(savedAt) },
                ]}
              />
            )}
            <Pager address={visit.address} nextCursor={drafts.nextCursor} />
          </Card>
          {plans.length === 0 ? (
            <Card>
              <Empty icon="plans" title="No plan is published yet" action={mayWrite ? start : undefined}>
                Partners can be enrolled once there is a version to pay them by. Start from a template: it explains
                itself.
              </Empty>
            </Card>
          ) : null}
          {plans.map((plan) => (
            <Card
              key={plan.version}
              title={<a href={planHref(programId, plan.version)}>Version {plan.version}</a>}
              lead={`Published by ${names.person(plan.publishedBy)} on ${format.day(plan.publishedAt)}`}
              actions={
                mayWrite ? <ButtonLink href={startHref(programId, plan.version)}>Use as a start</ButtonLink> : null
              }
            >
              <PlanWords visit={visit} components={plan.components} />
            </Card>
          ))}
        </Stack>
      ),
    });
  },
});
