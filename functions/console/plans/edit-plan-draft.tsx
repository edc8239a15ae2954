import type { JSX } from 'preact';
import { PlanEditor } from '#console/plans/plan-editor';
import { PlanWords } from '#console/plans/plan-words';
import { actionAddress, Form, Submit } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Facts, Stack } from '#console/ui/parts';
import { ApiProblem } from '#functions/console/web/api';
import { FieldProblem, type Form as Sent } from '#functions/console/web/form';
import { namesOf } from '#functions/console/web/names';
import {
  defineAction,
  definePage,
  mayBeDone,
  part,
  redirect,
  type View,
  type Visit,
  view,
} from '#functions/console/web/page';
import { getTierSchemeRoute } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { getPlanDraftRoute } from '#shared/contracts/payouts/plans/get-plan-draft';
import { savePlanDraftRoute } from '#shared/contracts/payouts/plans/save-plan-draft';
import { validatePlanRoute } from '#shared/contracts/payouts/plans/validate-plan';
import { componentsOf } from './editor-components.ts';
import type { BrokenRule } from './editor-faults.ts';
import { faultsOf } from './editor-faults.ts';
import { fieldsOf } from './editor-fields.ts';
import { readEditor } from './editor-form.ts';
import { type EditorPlan, editorOf } from './editor-plan.ts';
import { withPlaces, withStep } from './editor-steps.ts';
import { afterSaving, type PlanDraft } from './plan-drafts.ts';
import {
  DRAFT_PATH,
  discardHref,
  draftHref,
  PLAN_READERS,
  PLAN_WRITERS,
  planHref,
  plansHref,
  simulateHref,
} from './plan-paths.ts';

/** A draft in work: its editor for who may write plans, what it says for others. */
export const showPlanDraft = definePage({
  name: 'show-plan-draft',
  path: DRAFT_PATH,
  access: PLAN_READERS,
  show: async (visit) => {
    const { api, programme, params, failed } = visit;
    const where = { programId: programme.programId, draftId: params.draftId ?? '' };
    const [draft, scheme] = await Promise.all([
      api.call(getPlanDraftRoute, { params: where }),
      api.call(getTierSchemeRoute, { params: { programId: programme.programId } }),
    ]);
    if (draft.status !== 'open' || !visit.may(...PLAN_WRITERS)) return readOnlyView(visit, draft);
    const tiers = scheme.tiers.map(({ tier }) => tier);
    if (failed) {
      // Over the revision that was read, not the one that is there by now: nobody's save is lost unseen.
      const revision = Number(failed.values.revision?.[0] ?? draft.revision);
      return checkedView(visit, { draft: { ...draft, revision }, editor: readEditor(failed.values), tiers });
    }
    const editor = editorOf(draft, programme.currency);
    return editorView(visit, { draft, editor, tiers, broken: draft.brokenRules });
  },
});

type Shown = {
  readonly draft: PlanDraft;
  readonly editor: EditorPlan;
  readonly tiers: readonly string[];
  readonly broken: readonly BrokenRule[];
  /** Somebody saved `draft` while this was typed over an older revision. */
  readonly conflict?: boolean;
  readonly unsaved?: string;
  readonly status?: number;
};

async function editorView(visit: Visit, shown: Shown): Promise<View> {
  const { draft, conflict, unsaved } = shown;
  const { programId } = visit.programme;
  const names = await namesOf(visit, { people: [draft.savedBy] });
  const href = draftHref(programId, draft.draftId);
  return view({
    title: draft.name,
    trail: [['Plans', plansHref(programId)]],
    lead: (
      <>
        Draft, saved by {names.person(draft.savedBy)} on {visit.format.moment(draft.savedAt)}. Nothing is paid by it
        before it is published.
      </>
    ),
    actions: <ButtonLink href={discardHref(programId, draft.draftId)}>Discard</ButtonLink>,
    ...(shown.status === undefined ? {} : { status: shown.status }),
    body: (
      <Form visit={visit} action={savePlanDraft}>
        <input type="hidden" name="revision" value={draft.revision} />
        {/* Enter in a field presses the first button of a form. */}
        <button type="submit" name="step" value="save" class="visually-hidden" tabIndex={-1} aria-hidden="true">
          Save
        </button>
        {unsaved ? (
          <Alert tone="bad" title="Not saved yet">
            <p>{unsaved}</p>
          </Alert>
        ) : null}
        {conflict ? <Conflict visit={visit} draft={draft} by={names.person(draft.savedBy)} href={href} /> : null}
        <EditorBody visit={visit} shown={shown} />
        <div class="editor-save btn-list">
          <Submit name="step" value="save">
            {conflict ? 'Save mine in its place' : 'Save draft'}
          </Submit>
          {conflict ? null : (
            <>
              <Submit tone="plain" name="step" value="simulate">
                Save and simulate
              </Submit>
              <Submit tone="plain" name="step" value="publish">
                Save and publish …
              </Submit>
            </>
          )}
        </div>
      </Form>
    ),
  });
}

/** What is typed, held against the API's rules. */
function EditorBody({ visit, shown }: { readonly visit: Visit; readonly shown: Shown }): JSX.Element {
  const { draft, tiers, broken } = shown;
  const editor = withPlaces(shown.editor, tiers);
  const { components, unreadable } = componentsOf(editor, visit.programme.currency);
  const refused = Object.entries(visit.failed?.fields ?? {}).map(([field, words]) => ({ field, words }));
  const faults = [...refused, ...faultsOf(editor, unreadable, broken, visit.format)];
  const checkAddress = actionAddress(checkPlanDraft, { ...visit.params, draftId: draft.draftId });
  const fields = fieldsOf(visit, savePlanDraft, { editor, faults, tiers, checkAddress });
  return <PlanEditor fields={fields} editor={editor} faults={faults} components={components} />;
}

async function brokenRulesOf({ api, programme }: Visit, editor: EditorPlan): Promise<readonly BrokenRule[]> {
  const { components } = componentsOf(editor, programme.currency);
  const { brokenRules } = await api.call(validatePlanRoute, {
    params: { programId: programme.programId },
    body: { components: [...components] },
  });
  return brokenRules;
}

async function checkedView(visit: Visit, shown: Omit<Shown, 'broken'>): Promise<View> {
  return editorView(visit, { ...shown, broken: await brokenRulesOf(visit, shown.editor) });
}

function Conflict({
  visit,
  draft,
  by,
  href,
}: {
  readonly visit: Visit;
  readonly draft: PlanDraft;
  readonly by: string;
  readonly href: string;
}): JSX.Element {
  return (
    <Card title={`${by} saved this draft while you were writing`}>
      <p>
        Saved on {visit.format.moment(draft.savedAt)} as “{draft.name}”. It now says:
      </p>
      <PlanWords visit={visit} components={draft.components} />
      <p class="mb-0 mt-3">
        Below is what you wrote; it is not saved. Compare the two, change yours where you like, then save it in the
        place of the other, or <a href={href}>drop yours and go on with what is saved</a>.
      </p>
    </Card>
  );
}

/** Saves over exactly the revision that was read; buttons that only change what is typed come here without script. */
export const savePlanDraft = defineAction({
  name: 'save-plan-draft',
  path: DRAFT_PATH,
  access: PLAN_WRITERS,
  page: showPlanDraft,
  send: async (visit, form) => {
    const { api, programme, params } = visit;
    const where = { programId: programme.programId, draftId: params.draftId ?? '' };
    const pressed = form.optional('step') ?? 'save';
    const editor = withPlaces(readEditor(form.values), tiersOf(form));
    const again = async (more: Partial<Shown>): Promise<View> => {
      const changed = { draft: await api.call(getPlanDraftRoute, { params: where }), tiers: tiersOf(form), ...more };
      const seen = { ...changed.draft, ...(more.conflict ? {} : { revision: form.integer('revision') }) };
      return checkedView(visit, { editor, ...changed, draft: seen });
    };
    if (!['save', 'simulate', 'publish'].includes(pressed)) return again({ editor: withStep(editor, pressed) });
    const { components, unreadable } = componentsOf(editor, programme.currency);
    if (editor.name === '') throw new FieldProblem('name', 'must be filled in');
    if (Object.keys(unreadable).length > 0) {
      return again({ unsaved: 'Some fields hold no number. Correct what is marked, then save.', status: 422 });
    }
    try {
      const saved = await api.call(savePlanDraftRoute, {
        params: where,
        body: { name: editor.name, components: [...components], revision: form.integer('revision') },
      });
      return redirect(...afterSaving(programme.programId, saved, pressed));
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'plan_draft_changed')
        return again({ conflict: true, status: 409 });
      throw error;
    }
  },
});

/** While somebody types: the editor with its faults, and nothing saved. */
export const checkPlanDraft = defineAction({
  name: 'check-plan-draft',
  path: `${DRAFT_PATH}/check`,
  access: PLAN_WRITERS,
  page: showPlanDraft,
  send: async (visit, form) => {
    const draft = { draftId: visit.params.draftId ?? '' } as PlanDraft;
    const tiers = tiersOf(form);
    const typed = withPlaces(readEditor(form.values), tiers);
    const pressed = form.optional('step');
    const editor = pressed === undefined ? typed : withStep(typed, pressed);
    const broken = await brokenRulesOf(visit, editor);
    return part(<EditorBody visit={visit} shown={{ draft, editor, tiers, broken }} />);
  },
});

const tiersOf = (form: Sent): readonly string[] =>
  (form.optional('tiers') ?? '').split(' ').filter((tier) => tier !== '');

async function readOnlyView(visit: Visit, draft: PlanDraft): Promise<View> {
  const { format, programme, failed } = visit;
  const { programId } = programme;
  const names = await namesOf(visit, { people: [draft.savedBy, draft.closedBy] });
  const isReady = draft.status === 'open' && draft.brokenRules.length === 0;
  return view({
    title: draft.name,
    trail: [['Plans', plansHref(programId)]],
    lead: DRAFT_STATES[draft.status],
    actions:
      isReady && visit.may('finance') ? (
        <ButtonLink href={simulateHref(programId, draft.draftId)}>Simulate</ButtonLink>
      ) : null,
    body: (
      <Stack>
        {failed ? (
          <>
            <Alert
              tone="bad"
              title={mayBeDone(failed) ? 'The answer did not come; see below what holds' : 'Nothing was changed'}
            >
              <p>{failed.message}</p>
            </Alert>
            <Card title="What you had written">
              <PlanWords
                visit={visit}
                components={componentsOf(readEditor(failed.values), programme.currency).components}
              />
            </Card>
          </>
        ) : null}
        <Card
          title="What it pays"
          actions={
            draft.status === 'published' ? (
              <Badge tone="good">Published</Badge>
            ) : (
              <Badge tone="plain">{draft.status === 'open' ? 'Draft' : 'Discarded'}</Badge>
            )
          }
        >
          <PlanWords visit={visit} components={draft.components} />
        </Card>
        <Card title="Who did what">
          <Facts
            rows={[
              ['Last saved by', names.person(draft.savedBy)],
              ['Last saved', format.moment(draft.savedAt)],
              [
                draft.status === 'published' ? 'Published by' : 'Discarded by',
                draft.closedBy && names.person(draft.closedBy),
              ],
              ['On', draft.closedAt && format.moment(draft.closedAt)],
              [
                'Became',
                draft.publishedVersion === undefined ? undefined : (
                  <a href={planHref(programId, draft.publishedVersion)}>Version {draft.publishedVersion}</a>
                ),
              ],
            ]}
          />
        </Card>
      </Stack>
    ),
  });
}

const DRAFT_STATES: Readonly<Record<PlanDraft['status'], string>> = {
  open: 'A draft in work. Nothing is paid by it before it is published.',
  published: 'This draft was published. What it became never changes.',
  discarded: 'This draft was put aside. It stays readable and changes no more.',
};
