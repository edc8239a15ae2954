import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeRedemptionStore } from '#shared/adapters/dynamodb/referrals/codes/redemptions';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeCloseRedemption } from '#shared/application/referrals/redemptions/close-redemption';
import { makeGetConversion } from '#shared/application/referrals/sales/get-conversion';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

export const clock = Date.now;
export const table = { documents, tableName: environment.REFERRALS_TABLE };
export const conversions = makeConversionStore(table);
export const redemptions = makeRedemptionStore(table);
export const retry = { pause: (ms: number): Promise<void> => pause(ms), random: Math.random };

/** The composition root of the referrals service: what its own table is enough for. What needs more has its own file. */
export const idempotency = makeIdempotencyStore({ ...table, clock });
export const readConversion = makeGetConversion({ conversions });
export const closeRedemption = makeCloseRedemption({ redemptions, clock, ...retry });
