import { beforeAll, describe, expect, it } from 'vitest';
import {
  aCharge,
  aDispute,
  anInvoice,
  anInvoicePayment,
  aSession,
  SECRET,
  signed,
  stripeEvent,
} from '#test/support/builders/stripe';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, reviewedRun } from '#test/support/programme';

type Listed = { eventId: string; type: string; status: string; reason?: string; orderId?: string };
type Line = { componentId?: string; conversionId?: string; baseMinor?: number; amountMinor: number };

let stack: SharedStack;
let path: string;
let programId: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'));
  path = `/v1/programs/${programId}`;
  await aPartner(stack.as('partner_manager'), programId, 'anna');
  await stack.as('admin').post(`${path}/codes`, { code: 'ANNA-FROM-STRIPE', partnerId: 'anna' });
});

const send = async (
  event: Parameters<typeof signed>[0],
  { secret = SECRET, type = 'application/json; charset=utf-8' } = {},
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const { payload, signature } = signed(event, { secret, at: Math.floor(Date.now() / 1_000) });
  const response = await fetch(`${stack.endpoints.apiUrl}/webhooks/stripe/${programId}`, {
    method: 'POST',
    headers: { 'content-type': type, 'stripe-signature': signature },
    body: new Uint8Array(payload),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const events = (status: string) =>
  stack.as('merchant_key').list<Listed>(`${path}/sources/stripe/events?status=${status}`);
const paidAt = (day: number) => ({ status_transitions: { paid_at: Date.UTC(2026, 0, day, 12) / 1_000 } });
const created = (day: number) => ({ created: Date.UTC(2026, 0, day, 12) / 1_000 });

describe('a subscription billed by Stripe', () => {
  it('takes events once a secret is set, which is never answered again', async () => {
    const refused = await send(stripeEvent('invoice.paid', anInvoice()));
    expect(refused).toMatchObject({ status: 400, body: { code: 'stripe_signature_invalid' } });
    const source = await stack
      .as('admin')
      .put<Record<string, unknown>>(`${path}/sources/stripe`, { signingSecret: SECRET });
    expect(source).toMatchObject({ enabled: true, mode: 'live', webhookPath: `/webhooks/stripe/${programId}` });
    expect(JSON.stringify([source, await stack.as('admin').get(`${path}/sources/stripe`)])).not.toContain(SECRET);
    expect(await send(stripeEvent('invoice.paid', anInvoice()), { secret: `${SECRET}x` })).toMatchObject({
      status: 400,
    });
  });

  it('is credited through its checkout, also when the first invoice overtakes it and bodies come as bytes', async () => {
    const checkout = { mode: 'subscription', subscription: 'sub_1', payment_intent: null };
    const metadata = { ts_code: 'ANNA-FROM-STRIPE' };
    const now = { created: Math.floor(Date.now() / 1_000) };
    const refund = stripeEvent('charge.refunded', aCharge(6_000), created(12));
    expect((await send(refund)).body).toMatchObject({ status: 'waiting' });
    expect((await send(stripeEvent('invoice.paid', anInvoice(paidAt(10)), now))).body).toMatchObject({
      status: 'waiting',
    });
    const session = stripeEvent('checkout.session.completed', aSession({ ...checkout, metadata }), created(10));
    expect((await send(session, { type: 'application/octet-stream' })).body).toMatchObject({ status: 'done' });
    expect((await send(stripeEvent('invoice_payment.paid', anInvoicePayment()))).body).toMatchObject({
      status: 'done',
    });
    const [second, secondPayment] = [anInvoice({ id: 'in_2', ...paidAt(20) }), anInvoicePayment('in_2', 'pi_2')];
    for (const event of [stripeEvent('invoice.paid', second), stripeEvent('invoice_payment.paid', secondPayment)]) {
      expect((await send(event)).body).toMatchObject({ status: 'done', repeated: false });
      expect((await send(event)).body).toMatchObject({ status: 'done', repeated: true });
    }
    const dispute = aDispute('lost', { charge: 'ch_2', payment_intent: 'pi_2', amount: 3_000 });
    expect((await send(stripeEvent('charge.dispute.closed', dispute, created(25)))).body).toMatchObject({
      status: 'done',
    });
    expect((await send(stripeEvent('customer.created', { id: 'cus_1' }))).body).toMatchObject({ status: 'ignored' });
  });

  it('shows what became of each event', async () => {
    expect(await events('failed')).toEqual([]);
    expect(await events('waiting')).toEqual([]);
    expect(await events('ignored')).toMatchObject([{ type: 'customer.created', reason: 'type_not_handled' }]);
    const orders = (await events('done')).map(({ orderId }) => orderId).filter((orderId) => orderId !== undefined);
    expect(orders.sort()).toEqual(['in_1', 'in_1', 'in_2', 'in_2']);
  });

  it('is paid in the statement on what was paid without tax, refunds and the lost dispute', async () => {
    await reviewedRun(stack, programId, '2026-01');
    const finance = stack.as('finance');
    const [statement] = await finance.list<{ statementId: string }>(`${path}/statements?period=2026-01`);
    const lines = await finance.list<Line>(`${path}/statements/${String(statement?.statementId)}/lines`);
    const shares = lines.filter(({ componentId }) => componentId === 'share');
    expect(shares.map(({ conversionId, baseMinor }) => [conversionId, baseMinor])).toEqual([
      ['in_1', 5_000],
      ['in_2', 7_500],
    ]);
    expect(shares.map(({ amountMinor }) => amountMinor)).toEqual([500, 750]);
  });
});
