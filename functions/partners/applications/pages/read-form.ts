import * as z from 'zod';
import type { ApplyWords } from '#functions/partners/applications/pages/apply-words';
import type { ShownForm } from '#shared/application/partners/applications/application-form';
import type { ReceiveApplication } from '#shared/application/partners/applications/receive-application';
import { applicationFields } from '#shared/contracts/partners/applications/application';

/** Fields of the page beside those of the contract: an answer's name is `answer.` and the question's id. */
export const ANSWER_PREFIX = 'answer.';
/** Nobody sees it; what fills in every field fills it in. */
export const TRAP_FIELD = 'fax';
export const STAMP_FIELD = 'stamp';
export const TERMS_HASH_FIELD = 'termsHash';
export const AGREE_FIELD = 'agree';

/** What was typed in, by the field's name, as it is shown again. */
export type Typed = Readonly<Record<string, string>>;
/** What is wrong, by the field's name. */
export type FormErrors = ReadonlyMap<string, string>;
type Said = Omit<ReceiveApplication, 'programId' | 'language' | 'via' | 'source'>;

const fieldsSchema = z.object(applicationFields);

/** One value a field: whoever sends one twice means the first. */
export function typedIn(form: URLSearchParams): Typed {
  const typed: Record<string, string> = {};
  // Browsers send line ends as CR LF, which count as one character on the page.
  for (const [name, value] of form) if (!Object.hasOwn(typed, name)) typed[name] = value.replaceAll('\r\n', '\n');
  return typed;
}

/** What an applicant says, or what to correct: by the rules of the contract, in the reader's words. */
export function readApplication(
  typed: Typed,
  form: ShownForm,
  words: ApplyWords,
): { readonly said: Said } | { readonly errors: FormErrors } {
  const errors = new Map<string, string>();
  const answers = Object.fromEntries(
    form.questions.flatMap(({ id }) => {
      const answer = typed[`${ANSWER_PREFIX}${id}`]?.trim();
      return answer ? [[id, answer]] : [];
    }),
  );
  const given = (name: string): string | undefined => typed[name]?.trim() || undefined;
  const parsed = fieldsSchema.safeParse({
    ...{ name: given('name'), email: given('email'), country: given('country'), website: given('website') },
    ...{ promotion: given('promotion'), answers },
    ...(form.termsHash === undefined ? {} : { termsHash: given(TERMS_HASH_FIELD) }),
  });
  for (const issue of parsed.error?.issues ?? []) {
    const [first, second] = issue.path.map(String);
    const name = first === 'answers' && second !== undefined ? `${ANSWER_PREFIX}${second}` : (first ?? '');
    if (!errors.has(name)) errors.set(name, ruleOf(issue, name, words));
  }
  for (const { id, required } of form.questions) {
    if (required && !Object.hasOwn(answers, id)) errors.set(`${ANSWER_PREFIX}${id}`, words.missing);
  }
  if (form.termsHash !== undefined) {
    if (typed[AGREE_FIELD] !== 'yes') errors.set(AGREE_FIELD, words.mustAgree);
    else if (given(TERMS_HASH_FIELD) !== form.termsHash) errors.set(AGREE_FIELD, words.termsChanged);
  }
  errors.delete(TERMS_HASH_FIELD);
  return parsed.success && errors.size === 0 ? { said: parsed.data } : { errors };
}

function ruleOf(issue: z.core.$ZodIssue, name: string, words: ApplyWords): string {
  if (issue.code === 'too_big') return words.tooLong(Number(issue.maximum));
  if (issue.code === 'invalid_type') return words.missing;
  if (name === 'email') return words.badEmail;
  if (name === 'website') return words.badWebsite;
  if (name === 'country') return words.badCountry;
  return words.badText;
}
