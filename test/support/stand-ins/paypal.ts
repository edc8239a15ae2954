import { type Answer, type Asked, type HttpStandIn, startHttpStandIn } from './http-stand-in.ts';

type Batch = {
  readonly id: string;
  readonly key: string;
  status: string;
  readonly items: {
    transaction_status?: string;
    payout_item: { amount: { currency: string; value: string }; receiver: string; sender_item_id?: string };
    errors?: { name: string; message: string };
  }[];
};

export type PayPalStandIn = HttpStandIn & {
  readonly batches: Batch[];
  /** What became of the last batch's item. */
  process(status: string, error?: { name: string; message: string }): void;
  /** As PayPal does after 30 days. */
  forgetKeys(): void;
  /** Refuses the next batches with PayPal's error. */
  refuseAll(answer: Answer | undefined): void;
  revokeTokens(): void;
  /** Whether a refusal of a duplicate names the batch that used the id. */
  namesDuplicates: boolean;
};

export const PAYPAL_ERROR = (
  name: string,
  details: readonly Record<string, unknown>[] = [],
): Record<string, unknown> => ({
  name,
  message: 'A message that may name paula@partner.example',
  debug_id: '4854e55f0e1b3',
  details,
  links: [],
});

/** PayPal's Payouts as it documents them: OAuth tokens, batches that are refused by a used id, items with a status. */
export async function startPayPalStandIn(port?: number): Promise<PayPalStandIn> {
  const batches: Batch[] = [];
  let keys = new Map<string, Batch>();
  let tokens = new Set<string>();
  let tokenCount = 0;
  let refusal: Answer | undefined;
  const controls = { namesDuplicates: true };

  const create = (asked: Asked, url: string): Answer => {
    const { sender_batch_header, items } = JSON.parse(asked.body) as {
      sender_batch_header: { sender_batch_id: string };
      items: Batch['items'][number]['payout_item'][];
    };
    const key = sender_batch_header.sender_batch_id;
    // The worst order: a balance that the lost first request has emptied is found before the used id.
    if (refusal) return refusal;
    const before = keys.get(key);
    if (before) {
      const link = [{ href: `${url}/v1/payments/payouts/${before.id}`, rel: 'self', method: 'GET' }];
      const issue = 'Batch with given sender_batch_id already exists';
      const detail = { field: 'SENDER_BATCH_ID', issue, ...(controls.namesDuplicates ? { link } : {}) };
      return { status: 400, body: PAYPAL_ERROR('USER_BUSINESS_ERROR', [detail]) };
    }
    const batch: Batch = {
      id: `BATCH${batches.length + 1}`,
      key,
      status: 'PENDING',
      items: items.map((payout_item) => ({ payout_item })),
    };
    batches.push(batch);
    keys.set(key, batch);
    return { status: 201, body: { batch_header: headerOf(batch) } };
  };
  const headerOf = ({ id, key, status }: Batch) => ({
    payout_batch_id: id,
    batch_status: status,
    sender_batch_header: { sender_batch_id: key },
  });

  const standIn: HttpStandIn = await startHttpStandIn((asked) => {
    if (asked.path === '/v1/oauth2/token') {
      const [, secret = ''] = Buffer.from(String(asked.headers.authorization).slice(6), 'base64').toString().split(':');
      if (secret === 'wrong') return { status: 401, body: { error: 'invalid_client' } };
      tokenCount += 1;
      tokens.add(`Bearer token-${tokenCount}`);
      return { status: 200, body: { access_token: `token-${tokenCount}`, token_type: 'Bearer', expires_in: 32_400 } };
    }
    if (!tokens.has(String(asked.headers.authorization))) return { status: 401, body: { error: 'invalid_token' } };
    if (asked.method === 'POST' && asked.path === '/v1/payments/payouts') return create(asked, standIn.url);
    const id = /^\/v1\/payments\/payouts\/(\w+)$/.exec(asked.path)?.[1];
    const batch = batches.find((one) => one.id === id);
    if (!batch) return { status: 404, body: PAYPAL_ERROR('RESOURCE_NOT_FOUND') };
    return {
      status: 200,
      body: { batch_header: headerOf(batch), items: batch.items, total_items: batch.items.length },
    };
  }, port);
  return Object.assign(controls, {
    ...standIn,
    batches,
    process: (status: string, error?: { name: string; message: string }) => {
      const batch = batches.at(-1);
      if (!batch) throw new Error('there is no batch');
      if (status === 'DENIED') batch.status = status;
      else for (const item of batch.items) Object.assign(item, { transaction_status: status, errors: error });
    },
    forgetKeys: () => {
      keys = new Map();
    },
    refuseAll: (answer: Answer | undefined) => {
      refusal = answer;
    },
    revokeTokens: () => {
      tokens = new Set();
    },
  });
}
