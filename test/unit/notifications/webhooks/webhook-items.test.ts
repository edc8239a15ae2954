import { describe, expect, it } from 'vitest';
import { webhookDeliveryOfItem, webhookEndpointOfItem } from '#shared/adapters/dynamodb/partners/webhook-items';
import { aDelivery, anEndpoint } from '#test/support/builders/webhooks';

describe('what another version of ours has stored', () => {
  it('of an endpoint holds nobody up: types that are not known here are left out, and none of them is not all', () => {
    const stored = { ...anEndpoint(), events: ['payout.paid', 'invoice.sent'] };
    expect(webhookEndpointOfItem(stored).events).toEqual(['payout.paid']);
    expect(webhookEndpointOfItem({ ...stored, events: ['invoice.sent'] }).events).toEqual([]);
    expect(webhookEndpointOfItem(anEndpoint()).events).toBeUndefined();
  });

  it('of a delivery is shown in the log as it was sent', () => {
    expect(webhookDeliveryOfItem({ ...aDelivery(), type: 'invoice.sent' })).toMatchObject({ type: 'invoice.sent' });
  });
});
