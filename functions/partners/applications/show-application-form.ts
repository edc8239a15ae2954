import { clock, readForm } from '#functions/partners/applications/composition';
import { tokens } from '#functions/partners/applications/page-composition';
import { formPage, saidPage } from '#functions/partners/applications/pages/apply-page';
import { APPLY_WORDS } from '#functions/partners/applications/pages/apply-words';
import { pageOfFailure } from '#functions/partners/applications/pages/failure-page';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { languageOf } from '#functions/runtime/reader-language';
import { showApplicationFormRoute } from '#shared/contracts/partners/applications/public-pages';

export const showApplicationForm: HttpHandler<typeof showApplicationFormRoute> = async ({ params }, { headers }) => {
  const language = languageOf(headers['accept-language']);
  return pageOfFailure(language, async () => {
    const { program, form } = await readForm(params);
    const words = APPLY_WORDS[language];
    if (!form.open) return saidPage(200, words.closed(program.name), language);
    const stamp = await tokens.signForm(params.programId, clock());
    if (stamp === undefined) return saidPage(503, words.wait, language);
    return formPage({ program: program.name, form, language, stamp });
  });
};

export const handler = httpFunction(showApplicationFormRoute, showApplicationForm);
