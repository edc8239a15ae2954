import type { JSX } from 'preact';
import { Field, Form, Submit, Tick } from '#console/ui/form';
import { ButtonLink, Card, Copy, Stack } from '#console/ui/parts';
import type { Form as Sent } from '#functions/console/web/form';
import { FieldProblem } from '#functions/console/web/form';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { MAX_QUESTIONS } from '#shared/contracts/partners/applications/application';
import { getApplicationFormRoute } from '#shared/contracts/partners/applications/get-application-form';
import { setApplicationFormRoute } from '#shared/contracts/partners/applications/set-application-form';
import { BASE, CARE } from './application-words.ts';

const PATH = `${BASE}/applications/form`;
/** Empty lines for new questions; saving shows more. */
const SPARE_QUESTIONS = 2;

/** What applicants are asked, and whether they may apply. */
export const showApplicationForm = definePage({
  name: 'show-application-form-settings',
  path: PATH,
  access: CARE,
  show: async (visit) => {
    const { programId } = visit.programme;
    const form = await visit.api.call(getApplicationFormRoute, { params: { programId } });
    const action = { visit, action: saveApplicationForm } as const;
    const count = Math.min(MAX_QUESTIONS, form.questions.length + SPARE_QUESTIONS);
    return view({
      title: 'Application form',
      trail: [['Applications', `/console/programs/${programId}/applications`]],
      lead: 'Everybody is asked for name, e-mail address, country, website and how they will promote you. Add what else you want to know.',
      actions: (
        <>
          <ButtonLink href={form.publicUrl} icon="external">
            See the page
          </ButtonLink>
          <Copy text={form.publicUrl} label="Copy link" />
        </>
      ),
      body: (
        <Form {...action}>
          <Stack>
            <Card title="Open or closed">
              <Tick
                {...action}
                name="open"
                label="People may apply"
                checked={form.open}
                hint="Closed, the page says kindly that you are not looking for partners now."
              />
              <Field
                {...action}
                name="welcomeText"
                label="Welcome"
                rows={3}
                maxLength={2_000}
                required={false}
                value={form.welcomeText}
                hint="Shown above the form instead of our own words, as you write it, in every language."
              />
            </Card>
            <Card title="Your questions" lead={`At most ${MAX_QUESTIONS}. Leave a question empty to remove it.`}>
              {Array.from({ length: count }, (_, index) => (
                <QuestionFields key={index} visit={visit} index={index} question={form.questions[index]} />
              ))}
            </Card>
            <Card
              title="Terms"
              lead="What applicants agree to. The exact words are kept with each consent, by their hash."
            >
              <Field
                {...action}
                name="termsUrl"
                type="url"
                label="Address of the terms"
                required={false}
                value={form.termsUrl}
                placeholder="https://example.com/partner-terms"
              />
              <Field
                {...action}
                name="termsText"
                label="Text of the terms"
                rows={8}
                maxLength={20_000}
                required={false}
                value={form.termsText}
                hint="Shown on the page itself, in a box."
              />
            </Card>
            <div>
              <Submit>Save</Submit>
            </div>
          </Stack>
        </Form>
      ),
    });
  },
});

export const saveApplicationForm = defineAction({
  name: 'save-application-form',
  path: PATH,
  access: CARE,
  page: showApplicationForm,
  send: async ({ api, programme }, form, idempotencyKey) => {
    const { programId } = programme;
    const saved = await api.call(setApplicationFormRoute, {
      params: { programId },
      idempotencyKey,
      body: {
        open: form.isOn('open'),
        questions: questionsOf(form),
        termsText: form.optional('termsText'),
        termsUrl: form.optional('termsUrl'),
        welcomeText: form.optional('welcomeText'),
      },
    });
    const to = `/console/programs/${programId}/applications`;
    return redirect(to, saved.open ? 'Saved. People may apply.' : 'Saved. The form is closed.');
  },
});

type Question = { readonly id: string; readonly label: string; readonly required: boolean };

/** An id is made once, from the first words, and stays: answers are kept by it. */
function questionsOf(form: Sent): Question[] {
  const questions: Question[] = [];
  for (let index = 0; index < MAX_QUESTIONS; index += 1) {
    const label = form.optional(`question${index}`);
    if (label === undefined) continue;
    const id = form.optional(`questionId${index}`) ?? newId(label, new Set(questions.map((one) => one.id)), index);
    if (questions.some((one) => one.id === id)) throw new FieldProblem(`question${index}`, 'is there twice');
    questions.push({ id, label, required: form.isOn(`required${index}`) });
  }
  return questions;
}

function newId(label: string, taken: ReadonlySet<string>, index: number): string {
  const slug = label
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 30);
  const id = slug === '' ? `question-${index + 1}` : slug;
  return taken.has(id) ? `${id}-${index + 1}` : id;
}

function QuestionFields({
  visit,
  index,
  question,
}: {
  readonly visit: Visit;
  readonly index: number;
  readonly question: Question | undefined;
}): JSX.Element {
  const action = { visit, action: saveApplicationForm } as const;
  return (
    <>
      {question ? <input type="hidden" name={`questionId${index}`} value={question.id} /> : null}
      <Field
        {...action}
        name={`question${index}`}
        label={`Question ${index + 1}`}
        maxLength={200}
        required={false}
        value={question?.label}
      />
      <Tick {...action} name={`required${index}`} label="Must be answered" checked={question?.required ?? false} />
    </>
  );
}
