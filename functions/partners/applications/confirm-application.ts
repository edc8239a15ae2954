import { confirm } from '#functions/partners/applications/page-composition';
import { confirmationPage } from '#functions/partners/applications/pages/apply-page';
import { pageOfFailure } from '#functions/partners/applications/pages/failure-page';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { languageOf } from '#functions/runtime/reader-language';
import { confirmApplicationRoute } from '#shared/contracts/partners/applications/public-pages';

export const confirmApplication: HttpHandler<typeof confirmApplicationRoute> = ({ params }, { headers }) => {
  const language = languageOf(headers['accept-language']);
  return pageOfFailure(language, async () => confirmationPage(await confirm(params), language));
};

export const handler = httpFunction(confirmApplicationRoute, confirmApplication);
