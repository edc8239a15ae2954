/** Below a programme: `/console/programs/{programId}`. */
export const STAFF_BASE = '/console/programs/{programId}';

export const programmeBase = (programId: string): string => `/console/programs/${encodeURIComponent(programId)}`;

export const statementHref = (programId: string, statementId: string): string =>
  `${programmeBase(programId)}/statements/${encodeURIComponent(statementId)}`;
