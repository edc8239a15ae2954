import { changeTiers, checkTiers, showChangeTiers } from '#console/tiers/change-tiers';
import { showTiers } from '#console/tiers/show-tiers';
import type { Action, Page } from '#functions/console/web/page';

export const tierPages: readonly (Page | Action)[] = [showTiers, showChangeTiers, changeTiers, checkTiers];
