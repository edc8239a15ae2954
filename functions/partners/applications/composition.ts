import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeApplicationForms } from '#shared/adapters/dynamodb/partners/applications/application-forms';
import { makeApplicationStore } from '#shared/adapters/dynamodb/partners/applications/applications';
import { makeGetApplicationForm } from '#shared/application/partners/applications/application-form';
import { makeReceiveApplication } from '#shared/application/partners/applications/receive-application';

const { PARTNERS_TABLE: tableName } = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

/** The composition root of applications: what the public pages and the staff's routes share. */
const table = { documents, tableName };
export const clock = Date.now;
export const forms = makeApplicationForms(table);
export const applications = makeApplicationStore(table);
export const retry = { pause: (ms: number): Promise<void> => pause(ms), random: Math.random };
export const readForm = makeGetApplicationForm({ forms, programs, digest });
export const receive = makeReceiveApplication({ applications, readForm, clock, digest, retry });
