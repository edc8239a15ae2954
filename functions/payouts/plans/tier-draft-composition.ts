import { partnersTable } from '#functions/payouts/partners-composition';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeDraftFromTiers } from '#shared/application/payouts/plans/draft-from-tiers';

/** Drafts that start from what the programme's tiers suggest. */
export const draftFromTiers = makeDraftFromTiers({ schemes: makeTierSchemes(partnersTable) });
