import { showPlanDraft } from '#console/plans/edit-plan-draft';
import { PlanWords } from '#console/plans/plan-words';
import { Choices, Form, Select, Submit, Tick } from '#console/ui/form';
import { Alert, ButtonLink, Card, Stack } from '#console/ui/parts';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { getPlanDraftRoute } from '#shared/contracts/payouts/plans/get-plan-draft';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';
import { simulatePlanRoute } from '#shared/contracts/payouts/simulations/simulate-plan';
import { MAX_SIMULATED_MONTHS } from '#shared/domain/simulation/simulation';
import { DRAFT_PATH, draftHref, plansHref, SIMULATION_READERS, simulationHref } from './plan-paths.ts';
import { allPlans } from './read-plans.ts';
import { monthsToChoose } from './simulation-months.ts';

const PATH = `${DRAFT_PATH}/simulate`;

/** What past months a draft is simulated on, and whose agreements it takes the place of. */
export const showSimulateDraft = definePage({
  name: 'show-simulate-draft',
  path: PATH,
  access: SIMULATION_READERS,
  show: async (visit) => {
    const { api, programme, params, format } = visit;
    const { programId } = programme;
    const [draft, program, plans] = await Promise.all([
      api.call(getPlanDraftRoute, { params: { programId, draftId: params.draftId ?? '' } }),
      api.call(getProgramRoute, { params: { programId } }),
      allPlans(visit),
    ]);
    if (draft.status !== 'open') return showPlanDraft.show(visit);
    const href = draftHref(programId, draft.draftId);
    const today = format.isoDay(visit.now).slice(0, 7);
    const { months, from, to, estimate } = monthsToChoose(program, today);
    const form = { visit, action: simulateDraft } as const;
    const options = months.map(
      (month) => [month, `${format.period(month)}${month > program.closedThrough ? ' (no run yet)' : ''}`] as const,
    );
    return view({
      title: `Simulate “${draft.name}”`,
      trail: [
        ['Plans', plansHref(programId)],
        [draft.name, href],
      ],
      lead: 'Every sale of the months you choose is paid again by this draft and compared with what was paid. Nothing is changed by it.',
      body: (
        <Stack>
          <Card title="What is simulated">
            <PlanWords visit={visit} components={draft.components} />
          </Card>
          {draft.brokenRules.length > 0 ? (
            <Alert tone="attention" title="It breaks rules still">
              <p>
                <a href={href}>Mend the draft</a> first: only a sound plan can be simulated.
              </p>
            </Alert>
          ) : (
            <Card title="On which months">
              <Form {...form}>
                <input type="hidden" name="revision" value={draft.revision} />
                <Select {...form} name="from" label="From" value={from} options={options} />
                <Select
                  {...form}
                  name="to"
                  label="To, and including"
                  value={to}
                  options={options}
                  hint={`At most ${MAX_SIMULATED_MONTHS} months together.`}
                />
                <Tick
                  {...form}
                  name="estimate"
                  label="Estimate months without an approved payout run"
                  checked={estimate}
                  hint="Sales may still come for them, and be refunded. The result marks them."
                />
                {plans.length === 0 ? null : (
                  <Choices
                    {...form}
                    type="checkbox"
                    name="replaces"
                    label="In the place of"
                    chosen={[]}
                    hint="Tick nothing to replace every agreement, contracts of single partners too."
                    options={plans.map(({ version }) => [String(version), `Agreements on version ${version}`])}
                  />
                )}
                <div class="btn-list">
                  <Submit>Simulate</Submit>
                  <ButtonLink href={href}>Back to the draft</ButtonLink>
                </div>
              </Form>
            </Card>
          )}
        </Stack>
      ),
    });
  },
});

/** The same form is the same simulation, however often it is sent. */
export const simulateDraft = defineAction({
  name: 'simulate-draft',
  path: PATH,
  access: SIMULATION_READERS,
  page: showSimulateDraft,
  fields: { '/planVersion': 'from' },
  send: async (visit: Visit, form, idempotencyKey) => {
    const { api, programme, params } = visit;
    const { programId } = programme;
    const replaces = form.list('replaces').map(Number);
    const { simulationId } = await api.call(simulatePlanRoute, {
      params: { programId },
      body: {
        draftId: params.draftId ?? '',
        revision: form.integer('revision'),
        from: form.text('from'),
        to: form.text('to'),
        estimate: form.isOn('estimate'),
        ...(replaces.length > 0 ? { replaces } : {}),
      },
      idempotencyKey,
    });
    return redirect(simulationHref(programId, simulationId));
  },
});
