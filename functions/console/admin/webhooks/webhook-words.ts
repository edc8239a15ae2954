import type { Tone } from '#console/ui/parts';

type EndpointState = { readonly status: string; readonly statusReason?: string | undefined };

export function endpointState({ status, statusReason }: EndpointState): readonly [Tone, string] {
  if (status === 'enabled') return ['good', 'On'];
  if (status === 'paused') return ['bad', 'Paused after failures'];
  return statusReason === 'gone' ? ['attention', 'Off: it wants nothing more'] : ['plain', 'Off'];
}

const DELIVERIES: Readonly<Record<string, readonly [Tone, string]>> = {
  pending: ['attention', 'Waiting for the next attempt'],
  delivered: ['good', 'Arrived'],
  failed: ['bad', 'Failed'],
  skipped: ['plain', 'Not sent: the endpoint was off'],
};

export function deliveryState(status: string): readonly [Tone, string] {
  return DELIVERIES[status] ?? ['plain', status];
}

export const DELIVERY_FILTERS: readonly (readonly [string, string])[] = [
  ['', 'All'],
  ['pending', 'Waiting'],
  ['delivered', 'Arrived'],
  ['failed', 'Failed'],
  ['skipped', 'Not sent'],
];

type Attempt = { readonly statusCode?: number | undefined; readonly error?: string | undefined };

/** What came of an attempt. */
export function outcomeOf({ statusCode, error }: Attempt): string {
  if (statusCode !== undefined) return `Answered ${statusCode}`;
  return error ?? 'No answer';
}
