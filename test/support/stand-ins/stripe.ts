import { type Answer, type Asked, type HttpStandIn, startHttpStandIn } from './http-stand-in.ts';

export type StandInTransfer = {
  id: string;
  object: 'transfer';
  amount: number;
  amount_reversed: number;
  currency: string;
  destination: string;
  reversed: boolean;
  metadata: Record<string, string>;
  transfer_group: string | null;
  created: number;
};

export type StripeStandIn = HttpStandIn & {
  readonly transfers: StandInTransfer[];
  /** No longer refuses it. */
  accept(destination: string): void;
  /** As Stripe may after a day. */
  forgetKeys(): void;
  /** Refuses transfers to this account with Stripe's error. */
  refuse(
    destination: string,
    error: { code?: string; type?: string; message?: string; param?: string },
    status?: number,
  ): void;
};

const SECRET = /^Bearer (?:sk|rk)_(?:live|test)_\w+$/;

/** Stripe's transfers as it documents them: saved answers by idempotency key, lists by group, errors with type and code. */
export async function startStripeStandIn(port?: number): Promise<StripeStandIn> {
  const transfers: StandInTransfer[] = [];
  const saved = new Map<string, { readonly body: string; readonly answer: Answer }>();
  const refusals = new Map<string, Answer>();

  const create = (asked: Asked): Answer => {
    const key = String(asked.headers['idempotency-key'] ?? '');
    const before = saved.get(key);
    if (before) {
      if (before.body === asked.body) return before.answer;
      const message =
        'Keys for idempotent requests can only be used with the same parameters they were first used with.';
      return { status: 400, body: { error: { type: 'idempotency_error', message } } };
    }
    const sent = new URLSearchParams(asked.body);
    const destination = sent.get('destination') ?? '';
    const answer = refusals.get(destination) ?? { status: 200, body: made(sent, destination) };
    saved.set(key, { body: asked.body, answer });
    return answer;
  };

  const made = (sent: URLSearchParams, destination: string): StandInTransfer => {
    const transfer: StandInTransfer = {
      id: `tr_${transfers.length + 1}`,
      object: 'transfer',
      amount: Number(sent.get('amount')),
      amount_reversed: 0,
      currency: sent.get('currency') ?? '',
      destination,
      reversed: false,
      metadata: { payoutId: sent.get('metadata[payoutId]') ?? '', programId: sent.get('metadata[programId]') ?? '' },
      transfer_group: sent.get('transfer_group'),
      created: 1_700_000_000,
    };
    transfers.push(transfer);
    return transfer;
  };

  const standIn = await startHttpStandIn((asked) => {
    if (!SECRET.test(String(asked.headers.authorization))) {
      return { status: 401, body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } } };
    }
    if (asked.method === 'POST' && asked.path === '/v1/transfers') return create(asked);
    if (asked.method === 'GET' && asked.path === '/v1/transfers') {
      const group = asked.query.get('transfer_group');
      const data = transfers.filter(({ transfer_group }) => group === null || transfer_group === group).toReversed();
      return { status: 200, body: { object: 'list', url: '/v1/transfers', has_more: false, data } };
    }
    if (asked.path === '/v1/events') {
      const reversed = transfers.filter(({ amount_reversed }) => amount_reversed > 0);
      const data = reversed.map((object) => ({ id: `evt_${object.id}`, type: 'transfer.reversed', data: { object } }));
      return { status: 200, body: { object: 'list', url: '/v1/events', has_more: false, data } };
    }
    if (asked.path === '/v1/account') return { status: 200, body: { id: 'acct_1Programme', object: 'account' } };
    return { status: 404, body: { error: { type: 'invalid_request_error', message: 'Unrecognized request URL' } } };
  }, port);
  return {
    ...standIn,
    transfers,
    accept: (destination) => void refusals.delete(destination),
    forgetKeys: () => saved.clear(),
    refuse: (destination, error, status = 400) =>
      void refusals.set(destination, { status, body: { error: { type: 'invalid_request_error', ...error } } }),
  };
}
