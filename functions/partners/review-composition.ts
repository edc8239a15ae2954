import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makeTierReviews } from '#shared/adapters/dynamodb/partners/tiers/tier-reviews';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

/** What both tasks of the tier review read. */
export const clock = Date.now;
export const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
export const terms = makePartnerTermsReader(partnersTable);
export const reviews = makeTierReviews(partnersTable);
