import { clock, readForm, receive } from '#functions/partners/applications/composition';
import { sourceOf, tokens } from '#functions/partners/applications/page-composition';
import { formPage, saidPage } from '#functions/partners/applications/pages/apply-page';
import { APPLY_WORDS } from '#functions/partners/applications/pages/apply-words';
import { pageOfFailure } from '#functions/partners/applications/pages/failure-page';
import { readApplication, STAMP_FIELD, TRAP_FIELD, typedIn } from '#functions/partners/applications/pages/read-form';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { languageOf } from '#functions/runtime/reader-language';
import { Failure } from '#shared/application/failure';
import { applyRoute } from '#shared/contracts/partners/applications/public-pages';

/** Ten long answers in a script of three bytes a character, each written as nine in a form, and room for the rest. */
const MAX_FORM_BYTES = 200_000;
/** Nobody reads and answers the form in less. */
const LEAST_MS = 3_000;
/** A page that was left open longer may ask for things that are asked no more. */
const MOST_MS = 24 * 3_600_000;

export const apply: HttpHandler<typeof applyRoute> = async ({ params }, { headers, rawBody, sourceIp }) => {
  const language = languageOf(headers['accept-language']);
  const words = APPLY_WORDS[language];
  return pageOfFailure(language, async () => {
    const typed = typedIn(new URLSearchParams(textOf(rawBody())));
    const { program, form } = await readForm(params);
    if (!form.open) return saidPage(200, words.closed(program.name), language);
    const sent = (): ReturnType<typeof saidPage> =>
      saidPage(200, words.sent, language, { from: program.name, also: words.sentKnown });
    // What fills in the field that nobody sees is told what everybody is told.
    if (typed[TRAP_FIELD]) return sent();
    const nowMs = clock();
    const given = typed[STAMP_FIELD] ?? '';
    const shownAt = await tokens.readForm(given, params.programId);
    const ageMs = shownAt === undefined ? undefined : nowMs - shownAt;
    const isStale = ageMs === undefined || ageMs > MOST_MS;
    const stamp = isStale ? await tokens.signForm(params.programId, nowMs) : given;
    if (stamp === undefined) return saidPage(503, words.wait, language);
    const again = { program: program.name, form, language, stamp, typed };
    const read = readApplication(typed, form, words);
    if ('errors' in read) return formPage({ ...again, errors: read.errors });
    if (isStale) return formPage({ ...again, notice: words.tooOld });
    if (ageMs < LEAST_MS) return formPage({ ...again, notice: words.tooFast });
    const source = await sourceOf(sourceIp);
    await receive({ ...params, ...read.said, language, via: 'page', source });
    return sent();
  });
};

/** @throws Failure body_too_large */
function textOf(body: Uint8Array): string {
  if (body.byteLength > MAX_FORM_BYTES) throw new Failure('body_too_large', 'Shorten the longest answers.');
  return Buffer.from(body).toString('utf8');
}

export const handler = httpFunction(applyRoute, apply);
