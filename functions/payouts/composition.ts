import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import type { RequestContext } from '#functions/runtime/http';
import { actorOf, isPartnerOnly, partnersOf, requirePrincipal } from '#functions/runtime/principal';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makePlans } from '#shared/adapters/dynamodb/money/plans/plans';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/programs/program-reader';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements/statements';
import { makeListPlans } from '#shared/application/payouts/plans/list-plans';
import { makePublishPlan } from '#shared/application/payouts/plans/publish-plan';
import { makeChangeControls } from '#shared/application/payouts/programs/change-controls';
import { makeChangePayoutPolicy } from '#shared/application/payouts/programs/change-payout-policy';
import { makeChangeSettings } from '#shared/application/payouts/programs/change-settings';
import { makeCreateProgram } from '#shared/application/payouts/programs/create-program';
import { makeGetProgram } from '#shared/application/payouts/programs/get-program';
import { makeListDisclosures } from '#shared/application/payouts/programs/list-disclosures';
import { makeListPrograms } from '#shared/application/payouts/programs/list-programs';
import { makeListSettingsChanges } from '#shared/application/payouts/programs/list-settings-changes';
import { makeGetPayoutRun } from '#shared/application/payouts/runs/get-payout-run';
import { makeListPayoutRuns } from '#shared/application/payouts/runs/list-payout-runs';
import { makeOpenPayoutRun } from '#shared/application/payouts/runs/open-payout-run';
import { makeListStatementLines } from '#shared/application/payouts/statements/list-statement-lines';
import { makeListStatements } from '#shared/application/payouts/statements/list-statements';

const environment = readEnvironment(
  z.object({ MONEY_TABLE: z.string(), CONFIG_TTL_SECONDS: z.coerce.number().min(0) }),
);

export const clock = Date.now;
export const retry = { pause: (ms: number): Promise<void> => pause(ms), random: Math.random };
export const table = { documents, tableName: environment.MONEY_TABLE };

export const programReader = makeProgramReader({ ...table, ttlSeconds: environment.CONFIG_TTL_SECONDS, clock });
export const runs = makeRuns(table);
export const programs = makePrograms(table);
const plans = makePlans(table);
export const statements = makeStatements(table);
const { zone } = programReader;

/**
 * The composition root of programmes, plans, runs and statements: one set of adapters a function instance. Adjustments and
 * decisions also read partners, and have their own files.
 */
export const idempotency = makeIdempotencyStore({ ...table, clock, keep: 'for_ever' });
export const createNewProgram = makeCreateProgram({ programs, zone, clock });
export const changeProgramControls = makeChangeControls({ programs, clock });
export const changePolicy = makeChangePayoutPolicy({ programs, clock });
export const changeProgramSettings = makeChangeSettings({ programs, clock });
export const readDisclosures = makeListDisclosures({ programs });
export const readSettingsChanges = makeListSettingsChanges({ programs });
export const readProgram = makeGetProgram({ programs });
export const readPrograms = makeListPrograms({ programs });
export const publishVersion = makePublishPlan({ programs, plans, clock });
export const readPlans = makeListPlans({ programs, plans });
export const openRun = makeOpenPayoutRun({ programs, zone, runs, clock });
export const readRun = makeGetPayoutRun({ runs });
export const readRuns = makeListPayoutRuns({ programs, runs });
export const readStatements = makeListStatements({ programs, runs, statements });
export const readStatementLines = makeListStatementLines({ runs, statements });

/** Who calls, for the record. @throws Error on a route that lets nobody in without a token: there is always somebody. */
export function caller({ principal }: Pick<RequestContext, 'principal'>): ReturnType<typeof actorOf> {
  requirePrincipal(principal);
  return actorOf(principal);
}

export function callerId(context: Pick<RequestContext, 'principal'>): string {
  return caller(context).by;
}

/** The partners whose own data alone the caller may see; `undefined` for staff. */
export function ownPartners(
  { principal }: Pick<RequestContext, 'principal'>,
  programId: string,
): readonly string[] | undefined {
  return principal && isPartnerOnly(principal, programId) ? partnersOf(principal, programId) : undefined;
}
