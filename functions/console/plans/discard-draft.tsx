import { showPlanDraft } from '#console/plans/edit-plan-draft';
import { PlanWords } from '#console/plans/plan-words';
import { Form, Submit } from '#console/ui/form';
import { ButtonLink, Card, Stack } from '#console/ui/parts';
import { defineAction, definePage, redirect, view } from '#functions/console/web/page';
import { discardPlanDraftRoute } from '#shared/contracts/payouts/plans/discard-plan-draft';
import { getPlanDraftRoute } from '#shared/contracts/payouts/plans/get-plan-draft';
import { DRAFT_PATH, draftHref, PLAN_WRITERS, plansHref } from './plan-paths.ts';

const PATH = `${DRAFT_PATH}/discard`;

export const showDiscardDraft = definePage({
  name: 'show-discard-draft',
  path: PATH,
  access: PLAN_WRITERS,
  show: async (visit) => {
    const { api, programme, params } = visit;
    const { programId } = programme;
    const draft = await api.call(getPlanDraftRoute, { params: { programId, draftId: params.draftId ?? '' } });
    if (draft.status !== 'open') return showPlanDraft.show(visit);
    const href = draftHref(programId, draft.draftId);
    return view({
      title: `Discard “${draft.name}”?`,
      trail: [
        ['Plans', plansHref(programId)],
        [draft.name, href],
      ],
      body: (
        <Stack>
          <Card title="What is put aside">
            <PlanWords visit={visit} components={draft.components} />
          </Card>
          <Card title="What discarding does">
            <p>The draft changes no more and leaves the list. It stays readable; nobody is paid differently.</p>
            <Form visit={visit} action={discardDraft}>
              <input type="hidden" name="revision" value={draft.revision} />
              <div class="btn-list">
                <Submit tone="danger">Discard the draft</Submit>
                <ButtonLink href={href}>Keep it</ButtonLink>
              </div>
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

export const discardDraft = defineAction({
  name: 'discard-draft',
  path: PATH,
  access: PLAN_WRITERS,
  page: showDiscardDraft,
  send: async ({ api, programme, params }, form, idempotencyKey) => {
    const { programId } = programme;
    await api.call(discardPlanDraftRoute, {
      params: { programId, draftId: params.draftId ?? '' },
      body: { revision: form.integer('revision') },
      idempotencyKey,
    });
    return redirect(plansHref(programId), 'The draft is put aside.');
  },
});
