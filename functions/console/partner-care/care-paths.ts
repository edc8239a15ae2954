export const BASE = '/console/programs/{programId}';
export const PARTNER_PATH = `${BASE}/partners/{partnerId}`;

/** Where the pages of a partner begin. */
export function partnerBase(params: Readonly<Record<string, string>>): string {
  const { programId = '', partnerId = '' } = params;
  return `/console/programs/${programId}/partners/${encodeURIComponent(partnerId)}`;
}

export function partnerParams(params: Readonly<Record<string, string>>): {
  readonly programId: string;
  readonly partnerId: string;
} {
  const { programId = '', partnerId = '' } = params;
  return { programId, partnerId };
}
