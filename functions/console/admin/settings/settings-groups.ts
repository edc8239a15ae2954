import { PAYOUT_SETTINGS } from './payout-settings.ts';
import { SALE_SETTINGS } from './sale-settings.ts';
import type { SettingsGroup } from './settings-group.ts';

/** Every setting of a programme, in the order of the page. */
export const SETTINGS_GROUPS: readonly SettingsGroup[] = [...SALE_SETTINGS, ...PAYOUT_SETTINGS];
