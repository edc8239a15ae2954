import type { ApiClient } from '../../api-client.ts';
import type { Endpoints } from './sign-in.ts';

/** Agencies that read in their own language; the others read English. */
const LANGUAGES = { germany: 'de', france: 'fr', spain: 'es' } as const;
const TOLD_ROLES = ['finance', 'approver'] as const;

/**
 * Says who reads what: finance and the approvers are told of runs that wait for them, and some agencies read in their own
 * language. Every request can be repeated.
 */
export async function nameReaders(admin: ApiClient, programId: string, people: Endpoints['people']): Promise<void> {
  const base = `/v1/programs/${programId}`;
  for (const { email, role } of people) {
    const told = TOLD_ROLES.find((one) => one === role);
    if (told === undefined) continue;
    await admin.post(
      `${base}/staff`,
      { name: nameOf(email), email, roles: [told], language: 'en' },
      { idempotencyKey: `online-retail-told-${email}` },
    );
  }
  for (const [partnerId, language] of Object.entries(LANGUAGES)) {
    await admin.patch(`${base}/partners/${partnerId}/notification-preferences`, { language });
  }
}

/** `first.approver@...` is greeted as First Approver. */
function nameOf(email: string): string {
  const words = email.slice(0, email.indexOf('@')).split('.');
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(' ');
}
