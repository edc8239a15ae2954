import type { JSX } from 'preact';
import { ComponentFields, StepButton } from '#console/plans/component-fields';
import { KIND_WORDS, PlanWords } from '#console/plans/plan-words';
import { Field } from '#console/ui/form';
import { Badge, Card, Stack } from '#console/ui/parts';
import type { Fault } from './editor-faults.ts';
import type { EditorFields } from './editor-fields.ts';
import { fieldName } from './editor-form.ts';
import { type DraftComponent, type EditorPart, type EditorPlan, KINDS } from './editor-plan.ts';
import { step } from './editor-steps.ts';

export type EditorState = {
  readonly fields: EditorFields;
  readonly editor: EditorPlan;
  readonly faults: readonly Fault[];
  /** What is typed, as far as it can be read. */
  readonly components: readonly DraftComponent[];
};

/**
 * The plan as it is typed, and beside it what it pays and what is still wrong. While somebody types it is held against the rules
 * and shown anew where it changed; the field that has the cursor keeps what is in it.
 */
export function PlanEditor(state: EditorState): JSX.Element {
  const { fields, editor } = state;
  return (
    <div
      id="editor"
      class="editor"
      hx-post={fields.checkAddress}
      hx-trigger="change delay:200ms"
      hx-target="this"
      hx-swap="outerMorph"
      hx-sync="this:replace"
    >
      <Stack>
        <input type="hidden" name="tiers" value={fields.tiers.join(' ')} />
        <Card title="Name">
          <Field
            {...fields.wired}
            name="name"
            label="Name of the draft"
            hint="For you and your colleagues; partners do not see it."
            maxLength={140}
          />
        </Card>
        {editor.parts.map((part, at) => (
          <PartCard key={at} state={state} part={part} at={at} />
        ))}
        <Card title="Add a component" lead="A plan pays everything that its components come to.">
          <div class="tile-grid">
            {KINDS.map((kind) => (
              <div key={kind}>
                <StepButton fields={fields} value={step.add(kind)} icon="plus">
                  {KIND_WORDS[kind][0]}
                </StepButton>
                <p class="form-hint mb-0">{KIND_WORDS[kind][1]}</p>
              </div>
            ))}
          </div>
        </Card>
      </Stack>
      <Beside {...state} />
    </div>
  );
}

function PartCard({
  state: { fields, editor, faults },
  part,
  at,
}: {
  readonly state: EditorState;
  readonly part: EditorPart;
  readonly at: number;
}): JSX.Element {
  const title = `${at + 1}. ${'raw' in part ? 'From another program' : KIND_WORDS[part.kind][0]}`;
  const whole = faults.find(({ field }) => field === `c${at}`);
  return (
    <Card
      id={`c${at}`}
      title={title}
      actions={
        <div class="btn-list">
          {at > 0 ? <StepButton fields={fields} value={step.up(at)} icon="raise" label={`Move ${title} up`} /> : null}
          {at < editor.parts.length - 1 ? (
            <StepButton fields={fields} value={step.down(at)} icon="lower" label={`Move ${title} down`} />
          ) : null}
          <StepButton fields={fields} value={step.remove(at)} icon="trash" label={`Remove ${title}`} />
        </div>
      }
    >
      {whole ? <p class="invalid-feedback d-block mt-0">{whole.words}</p> : null}
      {'raw' in part ? (
        <>
          <input type="hidden" name={fieldName(at, 'raw')} value={part.raw} />
          <p>This page has no fields for it. It is kept as it is; you can move or remove it.</p>
          <pre class="raw">{part.raw}</pre>
        </>
      ) : (
        <ComponentFields fields={fields} at={at} part={part} />
      )}
    </Card>
  );
}

function Beside({ fields, editor, faults, components }: EditorState): JSX.Element {
  const { visit, wired } = fields;
  return (
    <div class="editor-side">
      <Card
        title="What this pays"
        actions={
          // Told to who does not see it, each time it changes.
          <span role="status">
            {faults.length === 0 ? (
              <Badge tone="good">Can be published</Badge>
            ) : (
              <Badge tone="attention">
                {faults.length === 1 ? '1 thing' : `${visit.format.count(faults.length)} things`} to mend
              </Badge>
            )}
          </span>
        }
      >
        <PlanWords visit={visit} components={components} />
        {faults.length > 0 ? (
          <>
            <h3 class="h4 mt-3">Still to mend</h3>
            <ul class="mb-0" id="faults">
              {faults.map(({ field, words }) => (
                <li key={field}>
                  <a href={`#${field.includes('.') ? `${wired.action.name}-${field}` : field}`}>
                    {placeOf(field, editor)}
                  </a>
                  : {words}
                </li>
              ))}
            </ul>
          </>
        ) : null}
        <p class="form-hint mb-0 mt-3">
          What it would have cost in past months a simulation tells, before anything is published.
        </p>
      </Card>
    </div>
  );
}

function placeOf(field: string, { parts }: EditorPlan): string {
  const at = /^c(\d+)/.exec(field)?.[1];
  if (at === undefined) return field === 'name' ? 'Name' : 'Plan';
  const part = parts[Number(at)];
  return `${Number(at) + 1}. ${part === undefined || 'raw' in part ? 'Component' : KIND_WORDS[part.kind][0]}`;
}
