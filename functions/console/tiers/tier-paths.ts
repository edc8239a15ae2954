import { PROGRAM_PATH, programHref } from '#functions/console/web/paths';

export const TIERS_PATH = `${PROGRAM_PATH}/tiers`;
export const TIER_READERS = ['partner_manager', 'finance', 'approver', 'admin'] as const;
export const tiersHref = (programId: string): string => `${programHref(programId)}/tiers`;
export const editTiersHref = (programId: string): string => `${tiersHref(programId)}/change`;
/** The partners on a tier. */
export const partnersOnHref = (programId: string, tier: string): string =>
  `${programHref(programId)}/partners?tier=${encodeURIComponent(tier)}`;
