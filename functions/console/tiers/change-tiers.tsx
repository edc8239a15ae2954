import type { JSX } from 'preact';
import { Requirement } from '#console/tiers/requirement-list';
import { TierFields } from '#console/tiers/tier-fields';
import { actionAddress, Field, Form, Select, Submit } from '#console/ui/form';
import { ButtonLink, Card, Stack } from '#console/ui/parts';
import { ApiProblem } from '#functions/console/web/api';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { defineAction, definePage, part, redirect, type View, type Visit, view } from '#functions/console/web/page';
import { getTierSchemeRoute } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { setTierSchemeRoute } from '#shared/contracts/partners/tiers/set-tier-scheme';
import { fieldAt, schemeBody } from './tier-body.ts';
import { readScheme, type TypedScheme, typedScheme, valuesOf } from './tier-editor.ts';
import { TIERS_PATH, tiersHref } from './tier-paths.ts';
import { withStep } from './tier-steps.ts';
import type { Scheme } from './tier-words.ts';

const PATH = `${TIERS_PATH}/change`;

/** The editor of the tiers, over the version that was read. */
export const showChangeTiers = definePage({
  name: 'show-change-tiers',
  path: PATH,
  access: ['admin'],
  show: async (visit) => {
    const scheme = await visit.api.call(getTierSchemeRoute, { params: { programId: visit.programme.programId } });
    const { failed } = visit;
    if (!failed) return editorView(visit, { scheme, typed: typedScheme(scheme, visit.programme.currency) });
    return editorView(visit, {
      scheme,
      typed: readScheme(failed.values),
      expectedVersion: failed.values.expectedVersion?.[0],
    });
  },
});

type Shown = {
  readonly scheme: Scheme;
  readonly typed: TypedScheme;
  /** That the person began from; the one that is read now, unless it was said. */
  readonly expectedVersion?: string | undefined;
};

async function editorView(visit: Visit, { scheme, typed, expectedVersion }: Shown): Promise<View> {
  const { programId } = visit.programme;
  const isOverrun = visit.failed?.code === 'tier_scheme_changed';
  const names = await namesOf(visit, { people: isOverrun ? [scheme.recordedBy] : [] });
  const form = tierForm(visit, typed);
  return view({
    title: 'Change the tiers',
    trail: [['Tiers', tiersHref(programId)]],
    lead: 'A new version holds from its saving on. Reviews of the past stay as they were decided.',
    body: (
      <Form visit={visit} action={changeTiers}>
        <button type="submit" name="step" value="save" class="visually-hidden" tabIndex={-1} aria-hidden="true">
          Save
        </button>
        <input
          type="hidden"
          name="expectedVersion"
          value={isOverrun ? scheme.version : (expectedVersion ?? scheme.version)}
        />
        {isOverrun ? <Overrun visit={visit} scheme={scheme} names={names} /> : null}
        <div class="editor-alone">
          <Stack>
            <TierFields form={form} scheme={typed} />
            <Card title="How partners move">
              <div class="tile-grid">
                <Select
                  {...form.wired}
                  name="promotion"
                  label="Up"
                  options={[
                    ['at_once', 'At once'],
                    ['next_period', 'From the next month'],
                  ]}
                />
                <Field
                  {...form.wired}
                  name="graceDays"
                  label="Days from a warning to the lower tier"
                  inputMode="numeric"
                />
                <Field
                  {...form.wired}
                  name="warnAgainDays"
                  label="Last warning, days before its end"
                  inputMode="numeric"
                />
                <Field
                  {...form.wired}
                  name="nudge"
                  label="Within reach from (%)"
                  hint="Of each number that the next tier asks for."
                  inputMode="decimal"
                />
              </div>
            </Card>
            <Card title="Save">
              <Field
                {...form.wired}
                name="reason"
                label="Why"
                hint="For your colleagues and the audit trail, such as “Fewer customers for certified, agreed in May”."
                maxLength={500}
                required
              />
              <ul class="mt-3">
                <li>The next review, tonight at the latest, goes by the new version.</li>
                <li>
                  Partners keep a tier that it does not name, and what their plan pays for it, until a person assigns
                  another.
                </li>
                <li>
                  Who changes the tiers cannot approve the next payout run. A sign-in of the last minutes is asked for.
                </li>
              </ul>
              <div class="btn-list">
                <Submit name="step" value="save">
                  {isOverrun ? 'Save mine in its place' : 'Save the tiers'}
                </Submit>
                <ButtonLink href={tiersHref(programId)}>Leave as they are</ButtonLink>
              </div>
            </Card>
          </Stack>
        </div>
      </Form>
    ),
  });
}

function tierForm(visit: Visit, typed: TypedScheme) {
  const values = valuesOf(typed);
  const failed = { action: changeTiers.name, values, fields: visit.failed?.fields ?? {}, message: '', code: '' };
  return {
    wired: { visit: { ...visit, failed }, action: changeTiers },
    checkAddress: actionAddress(checkTiers, visit.params),
  };
}

function Overrun({
  visit,
  scheme,
  names,
}: {
  readonly visit: Visit;
  readonly scheme: Scheme;
  readonly names: NamesOf;
}): JSX.Element {
  return (
    <Card title={`${names.person(scheme.recordedBy)} saved version ${scheme.version} while you were writing`}>
      {scheme.reason ? <p class="said">“{scheme.reason}”</p> : null}
      <ul>
        {scheme.tiers.map(({ tier, byInvitation, requires }) => (
          <li key={tier}>
            <strong>{tier}</strong>:{' '}
            {byInvitation ? 'By invitation.' : <Requirement visit={visit} requires={requires} />}
          </li>
        ))}
      </ul>
      <p class="mb-0">
        Below is what you wrote; it is not saved. Change it where you like, then save it in the place of the other, or{' '}
        <a href={tiersHref(visit.programme.programId)}>drop yours</a>.
      </p>
    </Card>
  );
}

/** Saves over exactly the version that was read; buttons that only change what is typed come here without script. */
export const changeTiers = defineAction({
  name: 'change-tiers',
  path: PATH,
  access: ['admin'],
  page: showChangeTiers,
  send: async (visit, form) => {
    const { api, programme, format } = visit;
    const { programId, currency } = programme;
    const typed = readScheme(form.values);
    const pressed = form.optional('step') ?? 'save';
    const expectedVersion = form.integer('expectedVersion');
    if (pressed !== 'save') {
      const scheme = await api.call(getTierSchemeRoute, { params: { programId } });
      return editorView(visit, { scheme, typed: withStep(typed, pressed), expectedVersion: String(expectedVersion) });
    }
    const { body, unreadable } = schemeBody(typed, currency);
    const wrong = Object.entries(unreadable);
    if (wrong.length > 0) throw refusal(wrong.map(([field, rule]) => ({ field, rule })));
    try {
      const { version, stillHeld } = await api.call(setTierSchemeRoute, {
        params: { programId },
        body: { ...body, expectedVersion },
      });
      const held = stillHeld.filter(({ partners }) => partners > 0);
      const keep = held.map(({ tier, partners }) => `${format.count(partners)} on ${tier}`);
      const left = held.length === 0 ? '' : ` Partners keep tiers that it does not name: ${format.list(keep)}.`;
      return redirect(tiersHref(programId), `Version ${version} of the tiers holds from now on.${left}`);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.errors.length === 0) throw error;
      throw new ApiProblem(error.status, {
        ...error.more,
        errors: error.errors.map(({ pointer, rule }) => ({ pointer: `/${fieldAt(pointer)}`, rule: plain(rule) })),
      });
    }
  },
});

/** Rules that speak of JSON, for who fills in a form. */
function plain(rule: string): string {
  if (rule.startsWith('must say what the tier asks for')) return 'must have a condition, or ask for nothing';
  return rule === 'is missing' ? 'must be filled in' : rule;
}

function refusal(wrong: readonly { readonly field: string; readonly rule: string }[]): ApiProblem {
  return new ApiProblem(422, {
    code: 'invalid_request',
    detail: 'Please correct what is marked below.',
    errors: wrong.map(({ field, rule }) => ({ pointer: `/${field}`, rule })),
  });
}

/** While somebody types: the fields for what was chosen, and nothing saved. */
export const checkTiers = defineAction({
  name: 'check-tiers',
  path: `${PATH}/check`,
  access: ['admin'],
  page: showChangeTiers,
  send: async (visit, form) => {
    const typed = withStep(readScheme(form.values), form.optional('step') ?? '');
    return part(<TierFields form={tierForm(visit, typed)} scheme={typed} />);
  },
});
