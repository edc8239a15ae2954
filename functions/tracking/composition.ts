import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeClickReads } from '#shared/adapters/dynamodb/referrals/clicks/click-series';
import { makeCodeStore } from '#shared/adapters/dynamodb/referrals/codes/codes';
import { makeLinkStore } from '#shared/adapters/dynamodb/referrals/links/links';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string(), PUBLIC_URL: z.url() }));

export const clock = Date.now;
export const table = { documents, tableName: environment.REFERRALS_TABLE };
export const retry = { pause: (ms: number): Promise<void> => pause(ms), random: Math.random };
export const links = makeLinkStore(table);
export const codes = makeCodeStore(table);

/**
 * The composition root of links and codes: one set of adapters a function instance. Making them needs programmes and
 * partners, and has its own file; so have the redirect and the offer.
 */
export const publicUrl = environment.PUBLIC_URL;
export const idempotency = makeIdempotencyStore({ ...table, clock });
export const clickReads = makeClickReads({ ...table, ...retry });
