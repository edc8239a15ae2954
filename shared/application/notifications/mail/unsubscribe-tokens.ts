import type { UnsubscribeFrom } from '#shared/application/notifications/unsubscribe';

/** Signed names of what somebody may end without signing in. */
export type UnsubscribeTokens = {
  /** `undefined` while no key can be had. */
  sign(from: UnsubscribeFrom): Promise<string | undefined>;
  /** `undefined` for anything that this installation did not sign. @throws Failure temporarily_unavailable */
  read(token: string): Promise<UnsubscribeFrom | undefined>;
};
