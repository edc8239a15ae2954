import { showLink } from '#functions/partners/applications/page-composition';
import { confirmationPage } from '#functions/partners/applications/pages/apply-page';
import { pageOfFailure } from '#functions/partners/applications/pages/failure-page';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { languageOf } from '#functions/runtime/reader-language';
import { showConfirmationRoute } from '#shared/contracts/partners/applications/public-pages';

export const showConfirmation: HttpHandler<typeof showConfirmationRoute> = ({ params }, { headers }) => {
  const language = languageOf(headers['accept-language']);
  return pageOfFailure(language, async () => confirmationPage(await showLink(params), language));
};

export const handler = httpFunction(showConfirmationRoute, showConfirmation);
