import { readSettingsChanges } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listSettingsChangesRoute } from '#shared/contracts/payouts/programs/list-settings-changes';

export const listSettingsChanges: HttpHandler<typeof listSettingsChangesRoute> = async ({ params }) => ({
  items: await readSettingsChanges(params.programId),
});

export const handler = httpFunction(listSettingsChangesRoute, listSettingsChanges);
