import { KIND_WORDS, PlanWords } from '#console/plans/plan-words';
import { RateTable } from '#console/plans/rate-table';
import { Alert, ButtonLink, Card, Copy, Stack } from '#console/ui/parts';
import { ApiProblem } from '#functions/console/web/api';
import { namesOf } from '#functions/console/web/names';
import { definePage, view } from '#functions/console/web/page';
import { programHref } from '#functions/console/web/paths';
import { PLAN_READERS, PLAN_WRITERS, PLANS_PATH, plansHref, startHref } from './plan-paths.ts';
import { allPlans } from './read-plans.ts';

/** A published version: in words, as a table of its rates, and how partners come to be paid by it. */
export const showPlan = definePage({
  name: 'show-plan',
  path: `${PLANS_PATH}/{version}`,
  access: PLAN_READERS,
  show: async (visit) => {
    const { format, programme, params } = visit;
    const { programId } = programme;
    const plans = await allPlans(visit);
    const plan = plans.find(({ version }) => String(version) === params.version);
    if (!plan) throw new ApiProblem(404, { code: 'not_found', detail: 'There is no such version.' });
    const names = await namesOf(visit, { people: [plan.publishedBy] });
    const isNewest = plans[0]?.version === plan.version;
    return view({
      title: `Plan version ${plan.version}`,
      trail: [['Plans', plansHref(programId)]],
      lead: `Published by ${names.person(plan.publishedBy)} on ${format.moment(plan.publishedAt)}. It never changes.`,
      actions: visit.may(...PLAN_WRITERS) ? (
        <ButtonLink href={startHref(programId, plan.version)} icon="edit">
          Use as a start
        </ButtonLink>
      ) : null,
      body: (
        <Stack>
          {isNewest ? (
            <Alert tone="info" title="Agreements decide who is paid by it">
              <p>
                Publishing moves nobody. A partner is paid by this version from the day on which an agreement that names
                it begins: choose a <a href={`${programHref(programId)}/partners`}>partner</a>, then amend its
                agreement.
              </p>
            </Alert>
          ) : null}
          <Card title="What it pays">
            <PlanWords visit={visit} components={plan.components} />
          </Card>
          {plan.components.map((component, at) => (
            <Card
              key={component.id}
              title={`${at + 1}. ${KIND_WORDS[component.kind][0]}`}
              lead={`Called ${component.id} in calculations`}
              flush
            >
              <RateTable visit={visit} component={component} />
            </Card>
          ))}
          <Card title="For programs">
            <p>
              The same as the API answers it: <code>GET /v1/programs/{programId}/plans</code>
            </p>
            <Copy text={JSON.stringify(plan.components, undefined, 2)} label="Copy its components as JSON" />
          </Card>
        </Stack>
      ),
    });
  },
});
