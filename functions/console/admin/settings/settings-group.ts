import type { Named, Section, Setting } from '#console/admin/settings/setting-kinds';
import type { Role } from '#shared/contracts/route';

/** Settings that are changed together, on a page of their own. */
export type SettingsGroup = {
  readonly id: 'attribution' | 'tracking' | 'fraud' | 'controls' | 'approvals' | 'paying';
  readonly title: string;
  readonly lead: string;
  /** As the API's route. */
  readonly changedBy: readonly Role[];
  readonly settings: readonly Setting[];
};

/** Names settings of one section. */
export const of =
  (section: Section) =>
  (name: string, label: string, hint?: string): Named => ({
    section,
    name,
    label,
    ...(hint === undefined ? {} : { hint }),
  });
