import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { clock, table } from '#functions/referrals/composition';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeHoldStore } from '#shared/adapters/dynamodb/referrals/holds/holds';
import { makeEventBus } from '#shared/adapters/event-bus';
import { makeEscalateHolds } from '#shared/application/referrals/holds/escalate-holds';

const { EVENT_BUS_NAME: busName } = readEnvironment(z.object({ EVENT_BUS_NAME: z.string() }));
const publish = makeEventBus({ client: new EventBridgeClient({}), busName });
const escalateHolds = makeEscalateHolds({ holds: makeHoldStore(table), programs, publish, clock, digest, log });

/** Called every hour. */
export const handler = (): ReturnType<typeof escalateHolds> => escalateHolds();
