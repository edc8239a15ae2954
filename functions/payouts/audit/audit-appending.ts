import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { makeAuditChain } from '#shared/adapters/dynamodb/money/audit/audit-chain';
import { makeAppendAuditRecords } from '#shared/application/payouts/proof/append-audit-records';

const environment = readEnvironment(z.object({ MONEY_TABLE: z.string() }));
const chain = makeAuditChain({ documents, tableName: environment.MONEY_TABLE });

/** The composition root of who appends to audit chains: from the stream, and from events. */
export const appendRecords = makeAppendAuditRecords({ chain, digest, log, wait, random: Math.random });
export { digest };
