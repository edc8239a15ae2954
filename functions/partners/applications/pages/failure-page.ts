import { saidPage } from '#functions/partners/applications/pages/apply-page';
import { APPLY_WORDS } from '#functions/partners/applications/pages/apply-words';
import { problemOf, type Reply } from '#functions/runtime/http';
import type { Language } from '#shared/domain/tracking/disclosure';

/** Says to a person what went wrong where an API would answer a problem. @throws whatever is a fault of ours */
export async function pageOfFailure(language: Language, show: () => Promise<Reply>): Promise<Reply> {
  const words = APPLY_WORDS[language];
  try {
    return await show();
  } catch (error) {
    const { code } = problemOf(error);
    if (code === 'unknown_program') return saidPage(404, words.unknown, language);
    if (code === 'body_too_large') return saidPage(413, words.tooLarge, language);
    if (code === 'too_many_applications') return saidPage(429, words.tooMany, language);
    if (code === 'temporarily_unavailable') return saidPage(503, words.wait, language);
    throw error;
  }
}
