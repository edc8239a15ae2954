import { ApiProblem } from '#functions/console/web/api';
import type { Visit } from '#functions/console/web/page';
import { requestOverviewRoute } from '#shared/contracts/partners/overview/request-overview';

/** How often a page that waits for newer figures asks for them. */
export const EVERY = 'every 3s';

/** Has the figures computed anew; the page shows those that there are meanwhile, and also when this fails. */
export async function askAnew({ api, programme, wantsPart }: Visit, period?: string): Promise<void> {
  // A part is asked for while somebody waits: the page around it has asked already.
  if (wantsPart) return;
  const params = { programId: programme.programId };
  await api.call(requestOverviewRoute, { params, body: period ? { period } : {} }).catch((error: unknown) => {
    if (!(error instanceof ApiProblem)) throw error;
  });
}
