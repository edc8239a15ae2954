import type {
  AttemptOf,
  DeliveryOf,
  WebhookDeliveries,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpoints,
} from '#shared/application/notifications/webhooks/webhook-ports';
import { compareText } from '#shared/domain/time/instant';

type Of = { readonly programId: string; readonly endpointId: string };

/** Webhook endpoints in memory; `pauses` is what the stream would tell. */
export function makeMemoryWebhookEndpoints(): WebhookEndpoints & { readonly pauses: object[] } {
  const stored = new Map<string, WebhookEndpoint>();
  const pauses: object[] = [];
  const keyOf = ({ programId, endpointId }: Of): string => `${programId}#${endpointId}`;
  const keep = (endpoint: WebhookEndpoint): WebhookEndpoint => {
    stored.set(keyOf(endpoint), endpoint);
    return endpoint;
  };
  return {
    pauses,
    async create(endpoint) {
      if (stored.has(keyOf(endpoint))) return 'exists';
      keep(endpoint);
      return 'created';
    },
    find: async (of) => stored.get(keyOf(of)),
    list: async (programId) =>
      [...stored.values()]
        .filter((one) => one.programId === programId)
        .sort((a, b) => compareText(a.createdAt, b.createdAt)),
    async change(endpoint, seenVersion, forgetsFailures = false) {
      const known = stored.get(keyOf(endpoint));
      if (known?.version !== seenVersion || known.status === 'removed') return false;
      const { failingSince, failures, backOffUntil } = known;
      const { failingSince: _, failures: __, backOffUntil: ___, ...changed } = endpoint;
      keep({ ...changed, ...(!forgetsFailures && defined({ failingSince, failures, backOffUntil })) });
      return true;
    },
    async noteFailure(of, at, backOffUntil) {
      const known = stored.get(keyOf(of));
      if (!known) throw new Error('no such endpoint');
      const { failingSince = at, failures = 0 } = known;
      return keep({ ...known, failingSince, failures: failures + 1, ...defined({ backOffUntil }) });
    },
    async noteSuccess(of) {
      const known = stored.get(keyOf(of));
      if (!known) return;
      const { failingSince: _, failures: __, backOffUntil: ___, ...well } = known;
      keep(well);
    },
    async pause(of, { at, failingSince, host }) {
      const known = stored.get(keyOf(of));
      if (known?.status !== 'enabled' || known.failingSince !== failingSince) return false;
      keep({ ...known, status: 'paused', version: known.version + 1, changedAt: at });
      pauses.push({ endpointId: of.endpointId, pausedAt: at, failingSince, host, why: 'failing' });
      return true;
    },
    async disableGone(of, { at, host }) {
      const known = stored.get(keyOf(of));
      if (known?.status !== 'enabled') return false;
      keep({ ...known, status: 'disabled', statusReason: 'gone', version: known.version + 1, changedAt: at });
      pauses.push({ endpointId: of.endpointId, pausedAt: at, failingSince: at, host, why: 'gone' });
      return true;
    },
  };
}

/** Webhook deliveries in memory. */
export function makeMemoryWebhookDeliveries(): WebhookDeliveries {
  const stored = new Map<string, WebhookDelivery & { readonly claimedUntil?: string | undefined }>();
  const keyOf = ({ programId, endpointId, deliveryId }: DeliveryOf): string =>
    `${programId}#${endpointId}#${deliveryId}`;
  const shown = (of: DeliveryOf): WebhookDelivery | undefined => {
    const { claimedUntil: _, ...delivery } = stored.get(keyOf(of)) ?? {};
    return 'deliveryId' in delivery ? (delivery as WebhookDelivery) : undefined;
  };
  const waiting = (of: AttemptOf) => {
    const known = stored.get(keyOf(of));
    const stands = known?.state === 'pending' && known.round === of.round && known.roundAttempts === of.roundAttempts;
    return stands ? known : undefined;
  };
  return {
    async open(delivery) {
      if (stored.has(keyOf(delivery))) return false;
      stored.set(keyOf(delivery), delivery);
      return true;
    },
    find: async (of) => shown(of),
    async claim(of, now, until) {
      const known = waiting(of);
      if (!known || (known.claimedUntil !== undefined && known.claimedUntil >= now)) return false;
      stored.set(keyOf(of), { ...known, claimedUntil: until });
      return true;
    },
    async record(of, { attempt, state, nextAttemptAt }) {
      const known = waiting(of);
      if (!known) return false;
      const { claimedUntil: _, nextAttemptAt: __, ...rest } = known;
      const attempts = [...known.attempts, attempt];
      const next = { ...rest, attempts, state, roundAttempts: of.roundAttempts + 1, ...defined({ nextAttemptAt }) };
      stored.set(keyOf(of), next);
      return true;
    },
    async skip(of) {
      const known = waiting(of);
      if (!known) return;
      const { claimedUntil: _, nextAttemptAt: __, ...rest } = known;
      stored.set(keyOf(of), { ...rest, state: 'skipped' });
    },
    async restart(of, round) {
      const known = stored.get(keyOf(of));
      if (known?.round !== round) return undefined;
      const { claimedUntil: _, nextAttemptAt: __, ...rest } = known;
      stored.set(keyOf(of), { ...rest, state: 'pending', round: round + 1, roundAttempts: 0 });
      return shown(of);
    },
    async list(of, { cursor, limit, state }) {
      const before = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
      const all = [...stored.values()]
        .filter((one) => one.programId === of.programId && one.endpointId === of.endpointId)
        .filter(({ deliveryId }) => before === undefined || deliveryId < before)
        .sort((a, b) => compareText(b.deliveryId, a.deliveryId));
      const page = all.slice(0, limit);
      const last = page.at(-1)?.deliveryId ?? '';
      return {
        items: page.filter((one) => state === undefined || one.state === state).flatMap((one) => shown(one) ?? []),
        nextCursor: all.length > limit ? Buffer.from(last).toString('base64url') : undefined,
      };
    },
  };
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
