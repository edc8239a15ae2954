import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { makeMailRecords } from '#shared/adapters/dynamodb/partners/mail-records';
import { makePeopleReader } from '#shared/adapters/dynamodb/partners/people';
import { makeSuppressions } from '#shared/application/notifications/mail/make-suppressions';

const { PARTNERS_TABLE: tableName } = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

/** The composition root of whether mail reaches somebody. */
export const table = { documents, tableName };
export const people = makePeopleReader(table);
export const retry = { pause: (ms: number): Promise<void> => pause(ms), random: Math.random };
export const suppressions = makeSuppressions({ records: makeMailRecords(table), digest, retry });
