import { PROGRAM_PATH, programHref } from '#functions/console/web/paths';

export const PLANS_PATH = `${PROGRAM_PATH}/plans`;
export const DRAFT_PATH = `${PROGRAM_PATH}/plan-drafts/{draftId}`;
export const SIMULATION_PATH = `${PROGRAM_PATH}/simulations/{simulationId}`;

/** Who may read plans, who may write them, and who may simulate. */
export const PLAN_READERS = ['admin', 'partner_manager', 'finance', 'approver'] as const;
export const PLAN_WRITERS = ['admin', 'partner_manager'] as const;
export const SIMULATION_READERS = ['admin', 'finance', 'partner_manager'] as const;

export const plansHref = (programId: string): string => `${programHref(programId)}/plans`;
export const planHref = (programId: string, version: number): string => `${plansHref(programId)}/${version}`;
/** Where a draft is started. @param from a published version to start from */
export const startHref = (programId: string, from?: number): string =>
  `${plansHref(programId)}/new${from === undefined ? '' : `?from=${from}`}`;
export const draftHref = (programId: string, draftId: string): string =>
  `${programHref(programId)}/plan-drafts/${encodeURIComponent(draftId)}`;
export const simulateHref = (programId: string, draftId: string): string => `${draftHref(programId, draftId)}/simulate`;
/** @param simulationId whose result was on the screen */
export const publishHref = (programId: string, draftId: string, simulationId?: string): string =>
  `${draftHref(programId, draftId)}/publish${simulationId === undefined ? '' : `?simulation=${encodeURIComponent(simulationId)}`}`;
export const discardHref = (programId: string, draftId: string): string => `${draftHref(programId, draftId)}/discard`;
export const simulationHref = (programId: string, simulationId: string): string =>
  `${programHref(programId)}/simulations/${encodeURIComponent(simulationId)}`;
