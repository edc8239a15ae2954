import type { JSX } from 'preact';
import { showPlanDraft } from '#console/plans/edit-plan-draft';
import { PlanWords } from '#console/plans/plan-words';
import { Field, Form, Submit } from '#console/ui/form';
import { Alert, ButtonLink, Card, Stack } from '#console/ui/parts';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { getPlanDraftRoute } from '#shared/contracts/payouts/plans/get-plan-draft';
import { publishPlanDraftRoute } from '#shared/contracts/payouts/plans/publish-plan-draft';
import { getSimulationRoute } from '#shared/contracts/payouts/simulations/get-simulation';
import type { PlanDraft } from './plan-drafts.ts';
import {
  DRAFT_PATH,
  draftHref,
  PLAN_WRITERS,
  planHref,
  plansHref,
  simulateHref,
  simulationHref,
} from './plan-paths.ts';
import { allPlans } from './read-plans.ts';
import { costSentences, monthsWords, type SimulationResult } from './simulation-words.ts';

const PATH = `${DRAFT_PATH}/publish`;

/** What publishing does, and what was simulated, before the button that does it. */
export const showPublishDraft = definePage({
  name: 'show-publish-draft',
  path: PATH,
  access: PLAN_WRITERS,
  show: async (visit) => {
    const { api, programme, params, query } = visit;
    const { programId } = programme;
    const simulationId = query.get('simulation');
    const [draft, plans, simulation] = await Promise.all([
      api.call(getPlanDraftRoute, { params: { programId, draftId: params.draftId ?? '' } }),
      allPlans(visit),
      simulationId ? api.maybe(getSimulationRoute, { params: { programId, simulationId } }) : undefined,
    ]);
    if (draft.status !== 'open') return showPlanDraft.show(visit);
    const href = draftHref(programId, draft.draftId);
    const next = (plans[0]?.version ?? 0) + 1;
    const form = { visit, action: publishDraft } as const;
    return view({
      title: `Publish “${draft.name}”`,
      trail: [
        ['Plans', plansHref(programId)],
        [draft.name, href],
      ],
      body: (
        <Stack>
          <Card title="What is published">
            <PlanWords visit={visit} components={draft.components} />
          </Card>
          <Simulated visit={visit} draft={draft} result={simulation?.result} />
          {draft.brokenRules.length > 0 ? (
            <Alert tone="bad" title="It cannot be published yet">
              <p>
                The draft breaks {draft.brokenRules.length === 1 ? 'a rule' : 'rules'}. <a href={href}>Mend it</a>{' '}
                first.
              </p>
            </Alert>
          ) : (
            <Card title="What publishing does">
              <ul>
                <li>
                  <strong>It is for ever.</strong> A published version never changes; a correction is the next version.
                </li>
                <li>
                  <strong>Nobody is paid differently yet.</strong> A partner is paid by it from the day on which an
                  agreement that names it begins.
                </li>
                <li>
                  <strong>Your name stands with it</strong> in the list and in the audit trail. Who published a plan
                  cannot approve a payout run where the programme’s settings say so.
                </li>
              </ul>
              <Form {...form}>
                <input type="hidden" name="revision" value={draft.revision} />
                <Field
                  {...form}
                  name="version"
                  label="Version"
                  value={next}
                  inputMode="numeric"
                  hint="The number by which agreements name it."
                />
                <div class="btn-list">
                  <Submit>Publish for ever</Submit>
                  <ButtonLink href={href}>Not yet</ButtonLink>
                </div>
              </Form>
            </Card>
          )}
        </Stack>
      ),
    });
  },
});

/** What the person saw of a simulation, in words; or that there was none. */
function Simulated({
  visit,
  draft,
  result,
}: {
  readonly visit: Visit;
  readonly draft: PlanDraft;
  readonly result: SimulationResult | undefined;
}): JSX.Element {
  const { format, programme } = visit;
  const { programId } = programme;
  const simulate = simulateHref(programId, draft.draftId);
  if (!result || result.draftId !== draft.draftId) {
    return (
      <Alert tone="attention" title="It was not simulated here">
        <p>
          <a href={simulate}>Simulate it on past months</a> first: it tells what it would have cost, and who would have
          earned less.
        </p>
      </Alert>
    );
  }
  return (
    <Card title="What was simulated">
      {result.revision === draft.revision ? null : (
        <Alert tone="attention" title="The draft was changed since">
          <p>
            What follows is about what it said before. <a href={simulate}>Simulate it again</a>.
          </p>
        </Alert>
      )}
      {costSentences(result, format).map((sentence) => (
        <p key={sentence} class="decision-sentence">
          {sentence}
        </p>
      ))}
      <p class="mb-0">
        <a href={simulationHref(programId, result.simulationId)}>The simulation of {monthsWords(result, format)}</a>
      </p>
    </Card>
  );
}

export const publishDraft = defineAction({
  name: 'publish-draft',
  path: PATH,
  access: PLAN_WRITERS,
  page: showPublishDraft,
  send: async ({ api, programme, params }, form, idempotencyKey) => {
    const { programId } = programme;
    const { version } = await api.call(publishPlanDraftRoute, {
      params: { programId, draftId: params.draftId ?? '' },
      body: { version: form.integer('version'), revision: form.integer('revision') },
      idempotencyKey,
    });
    return redirect(
      planHref(programId, version),
      `Version ${version} is published. Agreements decide who is paid by it.`,
    );
  },
});
