import { Failure } from '#shared/application/failure';
import type {
  JudgeTarget,
  WebhookEndpoint,
  WebhookEndpoints,
  WebhookSecrets,
} from '#shared/application/notifications/webhooks/webhook-ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { WebhookType } from '#shared/contracts/notifications/webhooks/webhook-event';
import { toInstant } from '#shared/domain/time/instant';
import { MAX_LIVE_SECRETS, rotateSecrets } from '#shared/domain/webhook/secrets';

/** Each costs a delivery an event; more are a gateway's work. */
export const MAX_ENDPOINTS = 20;

export type Caller = { readonly by: string; readonly onBehalfOf?: string | undefined };
type EndpointOf = { readonly programId: string; readonly endpointId: string };

/** Sees to it that events which are published only where somebody asked for them are published. */
export type AskFor = (programId: string, events: readonly WebhookType[] | undefined) => Promise<void>;

export type EndpointDeps = {
  readonly endpoints: Pick<WebhookEndpoints, 'create' | 'find' | 'list' | 'change'>;
  readonly secrets: Pick<WebhookSecrets, 'make'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly judge: JudgeTarget;
  readonly askFor: AskFor;
  readonly clock: Clock;
};

export type CreateWebhookEndpoint = EndpointOf &
  Caller & {
    readonly url: string;
    /** Absent: all. */
    readonly events?: readonly WebhookType[] | undefined;
    readonly description?: string | undefined;
  };

/** With its secret, which nobody can read again. */
export type WithSecret = { readonly endpoint: WebhookEndpoint; readonly secret: string };

/**
 * Adds an endpoint, enabled, with its first secret.
 * @throws Failure unknown_program, invalid_request for an address that is not called, too_many_webhook_endpoints,
 *   already_exists for a repeat (its secret cannot be shown again), temporarily_unavailable
 */
export function makeCreateWebhookEndpoint(deps: EndpointDeps) {
  const { endpoints, secrets, programs, askFor, clock } = deps;
  return async ({ url, events, description, ...rest }: CreateWebhookEndpoint): Promise<WithSecret> => {
    const { programId, endpointId, by, onBehalfOf } = rest;
    await programs.get(programId);
    const target = targetOf(deps, url);
    const others = (await endpoints.list(programId)).filter(({ status }) => status !== 'removed');
    if (others.length >= MAX_ENDPOINTS && !others.some((one) => one.endpointId === endpointId)) {
      throw new Failure(
        'too_many_webhook_endpoints',
        `A programme has at most ${MAX_ENDPOINTS} webhook endpoints: remove one that is not used, or let one take more events.`,
      );
    }
    const now = toInstant(clock());
    const { secret, sealed } = await secrets.make({ programId, endpointId }, now);
    const endpoint: WebhookEndpoint = {
      programId,
      endpointId,
      url: target,
      ...(events && { events }),
      ...(description !== undefined && { description }),
      status: 'enabled',
      secrets: [sealed],
      version: 1,
      createdAt: now,
      changedAt: now,
      changedBy: by,
      ...(onBehalfOf !== undefined && { onBehalfOf }),
    };
    // Before the endpoint: an event too many reaches nobody, one too few is missed.
    await askFor(programId, events);
    if ((await endpoints.create(endpoint)) === 'created') return { endpoint, secret };
    throw new Failure(
      'already_exists',
      'This endpoint was made before and its secret cannot be shown again. Rotate the secret to see a new one.',
      { extra: { endpointId } },
    );
  };
}

export type ChangeWebhookEndpoint = EndpointOf &
  Caller & {
    readonly url?: string | undefined;
    /** Null: all. */
    readonly events?: readonly WebhookType[] | null | undefined;
    readonly description?: string | null | undefined;
    readonly status?: 'enabled' | 'disabled' | 'removed' | undefined;
  };

/**
 * Changes what is named and leaves the rest. Enabling it, and another address, forgets its failures.
 * @throws Failure not_found, also for one that was removed, invalid_request for an address that is not called,
 *   temporarily_unavailable when others change it at the same time
 */
export function makeChangeWebhookEndpoint(deps: Omit<EndpointDeps, 'secrets'>) {
  const { endpoints, askFor, clock } = deps;
  return async (change: ChangeWebhookEndpoint): Promise<WebhookEndpoint> => {
    const { url, events, description, status, by, onBehalfOf } = change;
    const known = await requireEndpoint(endpoints, change);
    const { events: knownEvents, description: knownDescription, onBehalfOf: _, statusReason, ...kept } = known;
    const nextEvents = events === undefined ? knownEvents : (events ?? undefined);
    const nextDescription = description === undefined ? knownDescription : (description ?? undefined);
    const changed: WebhookEndpoint = {
      ...kept,
      url: url === undefined ? known.url : targetOf(deps, url),
      ...(nextEvents && { events: nextEvents }),
      ...(nextDescription !== undefined && { description: nextDescription }),
      status: status ?? known.status,
      ...(status === undefined && statusReason && { statusReason }),
      version: known.version + 1,
      changedAt: toInstant(clock()),
      changedBy: by,
      ...(onBehalfOf !== undefined && { onBehalfOf }),
    };
    if (events !== undefined) await askFor(change.programId, nextEvents);
    // What failed was another address, or is said to be mended.
    const forgetsFailures = status === 'enabled' || changed.url !== known.url;
    return saved(endpoints, changed, known.version, forgetsFailures);
  };
}

/**
 * Gives an endpoint a new secret; the old ones sign too for `keepOldHours`.
 * @throws Failure not_found, too_many_requests while too many secrets live, temporarily_unavailable
 */
export function makeRotateWebhookSecret(deps: Pick<EndpointDeps, 'endpoints' | 'secrets' | 'clock'>) {
  const { endpoints, secrets, clock } = deps;
  return async (input: EndpointOf & Caller & { readonly keepOldHours: number }): Promise<WithSecret> => {
    const known = await requireEndpoint(endpoints, input);
    const nowMs = clock();
    const { secret, sealed } = await secrets.make(input, toInstant(nowMs));
    const rotated = rotateSecrets(known.secrets, sealed, { nowMs, keepHours: input.keepOldHours });
    if (!rotated) {
      throw new Failure(
        'too_many_requests',
        `${MAX_LIVE_SECRETS} secrets of this endpoint are valid already: wait until one has ended, or end the old ones with "keepOldHours": 0.`,
      );
    }
    const { onBehalfOf: _, ...kept } = known;
    const changed = {
      ...kept,
      secrets: rotated,
      version: known.version + 1,
      changedAt: toInstant(nowMs),
      changedBy: input.by,
      ...(input.onBehalfOf !== undefined && { onBehalfOf: input.onBehalfOf }),
    };
    return { endpoint: await saved(endpoints, changed, known.version), secret };
  };
}

/** Those of a programme that were not removed, oldest first. @throws Failure unknown_program */
export function makeListWebhookEndpoints(deps: Pick<EndpointDeps, 'endpoints' | 'programs'>) {
  return async (programId: string): Promise<readonly WebhookEndpoint[]> => {
    await deps.programs.get(programId);
    return (await deps.endpoints.list(programId)).filter(({ status }) => status !== 'removed');
  };
}

/** @throws Failure not_found, also for one that was removed */
export async function requireEndpoint(
  endpoints: Pick<WebhookEndpoints, 'find'>,
  { programId, endpointId }: EndpointOf,
): Promise<WebhookEndpoint> {
  const endpoint = await endpoints.find({ programId, endpointId });
  if (!endpoint || endpoint.status === 'removed') {
    throw new Failure('not_found', 'There is no such webhook endpoint.');
  }
  return endpoint;
}

async function saved(
  endpoints: Pick<WebhookEndpoints, 'change'>,
  changed: WebhookEndpoint,
  seenVersion: number,
  forgetsFailures = false,
): Promise<WebhookEndpoint> {
  if (await endpoints.change(changed, seenVersion, forgetsFailures)) {
    const { failingSince: _, failures: __, backOffUntil: ___, ...well } = changed;
    return forgetsFailures ? well : changed;
  }
  throw new Failure('temporarily_unavailable', 'The endpoint was changed by another request. Look at it, then repeat.');
}

function targetOf({ judge }: Pick<EndpointDeps, 'judge'>, url: string): string {
  const judged = judge(url);
  if ('url' in judged) return judged.url;
  throw new Failure('invalid_request', `Correct and send again: /url ${judged.refusal}.`, {
    errors: [{ pointer: '/url', rule: judged.refusal }],
  });
}
