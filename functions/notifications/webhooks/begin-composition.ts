import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { clock } from '#functions/notifications/webhooks/composition';
import { attempt } from '#functions/notifications/webhooks/sending-composition';
import { readEnvironment } from '#functions/runtime/environment';
import { startOnce } from '#shared/adapters/run-workflow';
import type { DeliverDeps } from '#shared/application/notifications/webhooks/deliver-webhooks';

const { WEBHOOK_DELIVERY_MACHINE_ARN: machineArn } = readEnvironment(
  z.object({ WEBHOOK_DELIVERY_MACHINE_ARN: z.string() }),
);
const client = new SFNClient({});

/** An attempt at once, and the workflow that makes the others: one execution a delivery and round, by its name. */
export const beginning: Pick<DeliverDeps, 'attempt' | 'goOn' | 'clock'> = {
  attempt,
  goOn: (of) => startOnce({ client, machineArn }, `${of.deliveryId}-${of.round}`, of),
  clock,
};
