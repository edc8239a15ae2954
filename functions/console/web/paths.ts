/** Where things of a programme have their pages. Ids may hold characters that an address may not. */

/** Below a programme, and below a partner of it, as pages are declared. */
export const PROGRAM_PATH = '/console/programs/{programId}';
export const PARTNER_PATH = '/console/programs/{programId}/partners/{partnerId}';

export const programHref = (programId: string): string => `/console/programs/${encodeURIComponent(programId)}`;

export const partnerHref = (programId: string, partnerId: string): string =>
  `${programHref(programId)}/partners/${encodeURIComponent(partnerId)}`;
