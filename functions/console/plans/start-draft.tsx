import { Choices, Field, Form, Submit } from '#console/ui/form';
import { Card } from '#console/ui/parts';
import { FieldProblem } from '#functions/console/web/form';
import { defineAction, definePage, redirect, view } from '#functions/console/web/page';
import { getTierSchemeRoute } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { savePlanDraftRoute } from '#shared/contracts/payouts/plans/save-plan-draft';
import { draftHref, PLAN_WRITERS, PLANS_PATH, plansHref } from './plan-paths.ts';
import { templatesOf } from './plan-templates.ts';
import { allPlans } from './read-plans.ts';

const PATH = `${PLANS_PATH}/new`;
const DRAFT_ID_LENGTH = 13;

/** Where a draft begins: from a template, or from a version that is published. */
export const showStartDraft = definePage({
  name: 'show-start-draft',
  path: PATH,
  access: PLAN_WRITERS,
  show: async (visit) => {
    const { format, programme, query } = visit;
    const { programId, currency } = programme;
    const plans = await allPlans(visit);
    const form = { visit, action: startDraft } as const;
    const from = query.get('from');
    const versions = plans.map(
      ({ version, publishedAt }) =>
        [
          `version:${version}`,
          `Version ${version}`,
          `As published on ${format.day(publishedAt)}: change what should be different.`,
        ] as const,
    );
    return view({
      title: 'Start a draft',
      trail: [['Plans', plansHref(programId)]],
      lead: 'A draft pays nobody. You can save it half done, simulate it on past months, and publish it when it is right.',
      body: (
        <Card>
          <Form {...form}>
            <Field
              {...form}
              name="name"
              label="Name of the draft"
              hint="Such as “Spring rates”. Partners do not see it."
              maxLength={140}
              required
            />
            <Choices
              {...form}
              type="radio"
              name="from"
              label="Start from"
              chosen={[from === null ? 'tiers' : `version:${from}`]}
              options={[...templatesOf(currency, []).map(({ id, name, use }) => [id, name, use] as const), ...versions]}
            />
            <Submit>Start the draft</Submit>
          </Form>
        </Card>
      ),
    });
  },
});

export const startDraft = defineAction({
  name: 'start-draft',
  path: PATH,
  access: PLAN_WRITERS,
  page: showStartDraft,
  send: async (visit, form, idempotencyKey) => {
    const { api, programme } = visit;
    const { programId, currency } = programme;
    const name = form.text('name');
    const from = form.text('from');
    // The same form is the same draft, so that sending it twice starts one.
    const draftId = idempotencyKey.slice(0, DRAFT_ID_LENGTH);
    const params = { programId, draftId };
    if (from === 'tiers') {
      await api.call(savePlanDraftRoute, { params, body: { name, fromTierScheme: true } });
      return redirect(
        draftHref(programId, draftId),
        'The draft has the rates that your tiers suggest. Change what you like.',
      );
    }
    const version = /^version:(\d+)$/.exec(from)?.[1];
    const components =
      version === undefined
        ? templatesOf(currency, await tiersOf(visit)).find(({ id }) => id === from)?.components
        : (await allPlans(visit)).find((plan) => String(plan.version) === version)?.components;
    if (!components) throw new FieldProblem('from', 'must be one of the choices');
    await api.call(savePlanDraftRoute, { params, body: { name, components: [...components] } });
    return redirect(draftHref(programId, draftId), 'The draft is started. Its figures are yours to change.');
  },
});

async function tiersOf({ api, programme }: Parameters<typeof allPlans>[0]): Promise<readonly string[]> {
  const { tiers } = await api.call(getTierSchemeRoute, { params: { programId: programme.programId } });
  return tiers.map(({ tier }) => tier);
}
