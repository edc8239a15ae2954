import { describe, expect, it } from 'vitest';
import { webhookDeliveryDefinition } from '#infra/workflows/webhook-delivery';
import type { AttemptOf } from '#shared/application/notifications/webhooks/webhook-ports';
import { AN_EVENT, aWebhookHouse } from '#test/support/builders/webhook-house';
import { WEBHOOK_START_MS } from '#test/support/builders/webhooks';
import { aWorkflow } from './support/workflow.ts';

const names = new Proxy<Record<string, string>>({}, { get: (_target, name) => String(name) });

/** A delivery whose first attempt failed, in the real workflow by the real use case; some calls fail before or after they worked. */
async function aFailedDelivery(breaks: (call: number) => 'before' | 'after' | undefined = () => undefined) {
  const house = await aWebhookHouse();
  house.receiver.answers = () => ({ statusCode: 500 });
  await house.deliver(AN_EVENT);
  let calls = 0;
  const workflow = aWorkflow(webhookDeliveryDefinition(names), {
    'attempt-webhook': async (of: AttemptOf) => {
      const broken = breaks(++calls);
      if (broken === 'before') throw new Error('throttled');
      const result = await house.attempt(of);
      if (broken === 'after') throw new Error('the answer was lost');
      return result;
    },
  });
  workflow.clock.now = WEBHOOK_START_MS;
  Object.defineProperty(house.time, 'now', { get: () => workflow.clock.now });
  return { house, workflow, run: () => workflow.run(house.continued[0]) };
}

describe('the workflow of a delivery', () => {
  it('waits as the schedule of Standard Webhooks says, and ends with it', async () => {
    const { house, workflow, run } = await aFailedDelivery();
    expect(await run()).toEqual({ status: 'SUCCEEDED', output: { done: true } });
    const seconds = workflow.clock.waitedMs.map((ms) => ms / 1_000);
    expect(seconds).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    expect(house.sent).toHaveLength(10);
    expect(await house.log()).toMatchObject([{ state: 'failed' }]);
  });

  it('ends when the message arrives', async () => {
    const { house, workflow, run } = await aFailedDelivery();
    house.receiver.answers = () => ({ statusCode: house.sent.length < 3 ? 503 : 200 });
    expect(await run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(workflow.calls).toHaveLength(2);
    expect(await house.log()).toMatchObject([{ state: 'delivered' }]);
  });

  it('survives faults of ours without an attempt more or less', async () => {
    const { house, run } = await aFailedDelivery((call) =>
      call % 3 === 0 ? 'after' : call % 3 === 1 ? 'before' : undefined,
    );
    expect(await run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(house.sent).toHaveLength(10);
  });
});
