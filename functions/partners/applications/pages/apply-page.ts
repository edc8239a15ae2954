import { APPLY_WORDS, type ApplyWords } from '#functions/partners/applications/pages/apply-words';
import {
  AGREE_FIELD,
  ANSWER_PREFIX,
  type FormErrors,
  STAMP_FIELD,
  TERMS_HASH_FIELD,
  TRAP_FIELD,
  type Typed,
} from '#functions/partners/applications/pages/read-form';
import { type Reply, reply } from '#functions/runtime/http';
import { escapeHtml, PAGE_HEADERS, page } from '#functions/runtime/page';
import { withCapital } from '#shared/adapters/words/formats';
import type { ShownForm } from '#shared/application/partners/applications/application-form';
import type { Confirmation } from '#shared/application/partners/applications/confirm-application';
import { COUNTRIES } from '#shared/contracts/fields';
import { MAX_ANSWER_CHARACTERS } from '#shared/contracts/partners/applications/application';
import type { Language } from '#shared/domain/tracking/disclosure';

const MAX_NAME = 140;
const MAX_EMAIL = 254;
const MAX_URL = 500;

const STYLE =
  '.field{margin:0 0 1.25rem}label,legend{display:block;font-weight:600}.hint,.optional,.privacy{color:#5f6368;font-size:.9rem;font-weight:400}' +
  '.hint{margin:.1rem 0 .35rem}input[type=text],input[type=email],input[type=url],select,textarea{font:inherit;color:inherit;' +
  'background:#fff;width:100%;box-sizing:border-box;padding:.6rem .7rem;border:1px solid #80868b;border-radius:.4rem}' +
  'textarea{min-height:7rem}input[aria-invalid=true],select[aria-invalid=true],textarea[aria-invalid=true]{border:2px solid #b3261e}.wrong{color:#b3261e;font-weight:600;margin:.3rem 0 0}' +
  'input:focus-visible,select:focus-visible,textarea:focus-visible,a:focus-visible{outline:3px solid #0b57d0;outline-offset:2px}' +
  '.summary{border:2px solid #b3261e;border-radius:.5rem;padding:.75rem 1rem;margin:0 0 1.5rem}.summary p,.summary ul{margin:.25rem 0}' +
  '.terms{border:1px solid #80868b;border-radius:.4rem;padding:.6rem .9rem;max-height:14rem;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere}' +
  '.check{display:flex;gap:.6rem;align-items:flex-start;font-weight:400}.check input{width:1.3rem;height:1.3rem;margin:.15rem 0 0;flex:none}' +
  '.trap{position:absolute;left:-999rem;height:1px;overflow:hidden}.said{white-space:pre-line}' +
  '@media(prefers-color-scheme:dark){.hint,.optional,.privacy{color:#bdc1c6}input[type=text],input[type=email],input[type=url],select,textarea{background:#202124;border-color:#9aa0a6}' +
  'input[aria-invalid=true],select[aria-invalid=true],textarea[aria-invalid=true],.summary{border-color:#f2b8b5}.wrong,.summary a{color:#f2b8b5}a{color:#a8c7fa}.terms{border-color:#9aa0a6}}';

/** The form posts to the address of the page, and to no other. */
const HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy': `${PAGE_HEADERS['content-security-policy']}; form-action 'self'`,
};

export type FormPage = {
  readonly program: string;
  readonly form: ShownForm;
  readonly language: Language;
  readonly stamp: string;
  readonly typed?: Typed | undefined;
  readonly errors?: FormErrors | undefined;
  /** Of the whole form. */
  readonly notice?: string | undefined;
};

/** The form, with what was typed in and what is wrong with it. */
export function formPage(given: FormPage): Reply {
  const { program, form, language, stamp, typed = {}, errors = new Map<string, string>(), notice } = given;
  const words = APPLY_WORDS[language];
  const title = words.title(program);
  const field = fieldWriter(words, typed, errors);
  const fields = [
    field({ name: 'name', label: words.name, hint: words.nameHint, max: MAX_NAME, complete: 'organization' }),
    field({
      name: 'email',
      type: 'email',
      label: words.email,
      hint: words.emailHint,
      max: MAX_EMAIL,
      complete: 'email',
    }),
    countryField(words, typed, errors, language),
    field({
      ...{ name: 'website', type: 'url', label: words.website, hint: words.websiteHint, max: MAX_URL },
      ...{ complete: 'url', isOptional: true },
    }),
    field({
      name: 'promotion',
      label: words.promotion,
      hint: words.promotionHint,
      max: MAX_ANSWER_CHARACTERS,
      isLong: true,
    }),
    ...form.questions.map(({ id, label, required }) =>
      field({ name: `${ANSWER_PREFIX}${id}`, label, max: MAX_ANSWER_CHARACTERS, isLong: true, isOptional: !required }),
    ),
    termsField(words, form, typed, errors),
  ];
  const hidden =
    `<input type="hidden" name="${STAMP_FIELD}" value="${escapeHtml(stamp)}">` +
    `<div class="trap" aria-hidden="true"><label>${escapeHtml(words.trap)}<input type="text" name="${TRAP_FIELD}" tabindex="-1" autocomplete="off"></label></div>`;
  const lead = form.welcomeText ?? words.lead;
  const content =
    `<p class="from">${escapeHtml(program)}</p><h1>${escapeHtml(title)}</h1>${summary(words, form, errors, notice)}` +
    `<p class="said">${escapeHtml(lead)}</p><form method="post" novalidate>${fields.join('')}${hidden}` +
    `<p class="privacy">${escapeHtml(words.privacy)}</p><button class="go" type="submit">${escapeHtml(words.send)}</button></form>`;
  const isWrong = errors.size > 0 || notice !== undefined;
  return reply(isWrong ? 422 : 200, { text: page(title, content, language, STYLE), headers: HEADERS });
}

type Field = {
  readonly name: string;
  readonly label: string;
  readonly max: number;
  readonly hint?: string;
  readonly type?: 'text' | 'email' | 'url';
  readonly complete?: string;
  readonly isLong?: boolean;
  readonly isOptional?: boolean;
};

function fieldWriter(words: ApplyWords, typed: Typed, errors: FormErrors): (field: Field) => string {
  return ({ name, label, max, hint, type = 'text', complete, isLong, isOptional }) => {
    const value = escapeHtml(typed[name] ?? '');
    const about =
      `${attributes(name, hint, errors)} name="${escapeHtml(name)}" maxlength="${max}"` +
      `${isOptional ? '' : ' required'}${complete ? ` autocomplete="${complete}"` : ''}`;
    // A line end right after the tag is not part of the text (HTML, 13.1.2.5).
    const input = isLong
      ? `<textarea ${about}>\n${value}</textarea>`
      : `<input type="${type}" ${about} value="${value}">`;
    return wrapped({ name, label, hint, isOptional, input }, words, errors);
  };
}

function idOf(name: string): string {
  return `f-${name.replaceAll(/[^a-z0-9_-]/gi, '-')}`;
}

function attributes(name: string, hint: string | undefined, errors: FormErrors): string {
  const id = idOf(name);
  const described = [...(hint === undefined ? [] : [`${id}-hint`]), ...(errors.has(name) ? [`${id}-wrong`] : [])];
  const by = described.length > 0 ? ` aria-describedby="${described.join(' ')}"` : '';
  return `id="${id}"${by}${errors.has(name) ? ' aria-invalid="true"' : ''}`;
}

function wrapped(
  field: {
    readonly name: string;
    readonly label: string;
    readonly hint?: string | undefined;
    readonly isOptional?: boolean | undefined;
    readonly input: string;
  },
  words: ApplyWords,
  errors: FormErrors,
): string {
  const id = idOf(field.name);
  const optional = field.isOptional ? ` <span class="optional">(${escapeHtml(words.optional)})</span>` : '';
  const hint = field.hint === undefined ? '' : `<p class="hint" id="${id}-hint">${escapeHtml(field.hint)}</p>`;
  return (
    `<div class="field"><label for="${id}">${escapeHtml(field.label)}${optional}</label>${hint}${field.input}` +
    `${wrongOf(field.name, errors)}</div>`
  );
}

function wrongOf(name: string, errors: FormErrors): string {
  const rule = errors.get(name);
  return rule === undefined ? '' : `<p class="wrong" id="${idOf(name)}-wrong">${escapeHtml(withCapital(rule))}</p>`;
}

function countryField(words: ApplyWords, typed: Typed, errors: FormErrors, language: Language): string {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const options = [...COUNTRIES]
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language))
    .map(
      ({ code, name }) =>
        `<option value="${code}"${typed.country === code ? ' selected' : ''}>${escapeHtml(name)}</option>`,
    );
  const input =
    `<select ${attributes('country', undefined, errors)} name="country" required autocomplete="country">` +
    `<option value="">${escapeHtml(words.choose)}</option>${options.join('')}</select>`;
  return wrapped({ name: 'country', label: words.country, input }, words, errors);
}

function termsField(words: ApplyWords, form: ShownForm, typed: Typed, errors: FormErrors): string {
  const { termsHash, termsText, termsUrl } = form;
  if (termsHash === undefined) return '';
  const text =
    termsText === undefined
      ? ''
      : `<div class="terms" tabindex="0" role="region" aria-label="${escapeHtml(words.terms)}">${escapeHtml(termsText)}</div>`;
  const link =
    termsUrl === undefined
      ? ''
      : `<p><a href="${escapeHtml(termsUrl)}" target="_blank" rel="noopener noreferrer">${escapeHtml(words.readTerms)}</a></p>`;
  // Terms that have changed are agreed to anew.
  const isAgreed = typed[AGREE_FIELD] === 'yes' && !errors.has(AGREE_FIELD);
  return (
    `<div class="field"><h2>${escapeHtml(words.terms)}</h2>${text}${link}<label class="check"><input type="checkbox" value="yes" name="${AGREE_FIELD}" ` +
    `required ${attributes(AGREE_FIELD, undefined, errors)}${isAgreed ? ' checked' : ''}><span>${escapeHtml(words.agree)}</span></label>` +
    `<input type="hidden" name="${TERMS_HASH_FIELD}" value="${termsHash}">${wrongOf(AGREE_FIELD, errors)}</div>`
  );
}

function summary(words: ApplyWords, form: ShownForm, errors: FormErrors, notice: string | undefined): string {
  if (notice !== undefined) return `<div class="summary" role="alert"><p>${escapeHtml(notice)}</p></div>`;
  if (errors.size === 0) return '';
  const labels: Readonly<Record<string, string>> = {
    ...{ name: words.name, email: words.email, country: words.country, website: words.website },
    ...{ promotion: words.promotion, [AGREE_FIELD]: words.terms },
    ...Object.fromEntries(form.questions.map(({ id, label }) => [`${ANSWER_PREFIX}${id}`, label])),
  };
  const items = [...errors].map(
    ([name, rule]) => `<li><a href="#${idOf(name)}">${escapeHtml(about(labels[name] ?? name, rule))}</a></li>`,
  );
  return `<div class="summary" role="alert"><p>${escapeHtml(words.summary)}</p><ul>${items.join('')}</ul></div>`;
}

/** A question has its mark already. */
function about(label: string, rule: string): string {
  return /[?:]$/.test(label.trim()) ? `${label} ${withCapital(rule)}` : `${label}: ${rule}`;
}

/** What there is to say instead of a form. */
export function saidPage(
  status: number,
  { title, advice }: { readonly title: string; readonly advice: string },
  language: Language,
  more: { readonly from?: string; readonly also?: string } = {},
): Reply {
  const from = more.from === undefined ? '' : `<p class="from">${escapeHtml(more.from)}</p>`;
  const also = more.also === undefined ? '' : `<p>${escapeHtml(more.also)}</p>`;
  const content = `${from}<h1>${escapeHtml(title)}</h1><p>${escapeHtml(advice)}</p>${also}`;
  return reply(status, { text: page(title, content, language), headers: HEADERS });
}

/** What a link of an e-mail answers: a question with one button, or that it is done. In the language of the application. */
export function confirmationPage(found: Confirmation | undefined, readerLanguage: Language): Reply {
  if (!found) return saidPage(404, APPLY_WORDS[readerLanguage].dead, readerLanguage);
  const { application, program } = found;
  const { language, name } = application;
  const words = APPLY_WORDS[language];
  if (found.state === 'confirmed') return saidPage(200, words.confirmed, language, { from: program.name });
  const title = words.ask(program.name);
  const content =
    `<p class="from">${escapeHtml(program.name)}</p><h1>${escapeHtml(title)}</h1><p>${escapeHtml(words.askLead(name))}</p>` +
    `<form method="post"><button class="go" type="submit">${escapeHtml(words.confirm)}</button></form>` +
    `<p>${escapeHtml(words.notYou)}</p>`;
  return reply(200, { text: page(title, content, language), headers: HEADERS });
}
