import type { EpochMs } from '#shared/domain/time/instant';

/** One root key of the installation. */
export type RingKey = {
  readonly root: string;
  /** From then on it signs, until the next newer one does. */
  readonly signsFrom: EpochMs;
};

/** Newest first; never empty. */
export type KeyRing = readonly RingKey[];

const DAY_MS = 86_400_000;
/** An attribution window has at most 366 days; the rest is for instances that have signed with an older key a while longer. */
const KEEP_DAYS = 400;
/** A new key is known everywhere before it signs: longer than an instance waits between two looks at the secret. */
const SIGNS_AFTER_MS = 120_000;
/** A secret holds 64 kB. More rotations than one in four days come from a script gone wrong. */
export const MAX_KEYS = 100;

/** Whether a secret is a document of keys; anything else is the text of one. */
export function isKeyRing(secret: string): boolean {
  return secret.startsWith('{');
}

/**
 * Reads the secret: the text that CloudFormation generated is one key; after a rotation it is a JSON document of all keys
 * whose tokens may still be live. Secrets Manager itself keeps one former version only, which is no window of 366 days.
 * @throws Error for a document that is no ring: nothing is signed or judged by a guess
 */
export function parseKeyRing(secret: string): KeyRing {
  if (!isKeyRing(secret)) return [{ root: secret, signsFrom: 0 }];
  const { keys } = JSON.parse(secret) as { keys?: readonly { root?: unknown; signsFrom?: unknown }[] };
  const ring = (Array.isArray(keys) ? keys : []).map(({ root, signsFrom }) => ({
    root: typeof root === 'string' ? root : '',
    signsFrom: Date.parse(String(signsFrom)),
  }));
  const isSound = ring.every(
    ({ root, signsFrom }, index) => root !== '' && signsFrom <= (ring[index - 1]?.signsFrom ?? Number.MAX_SAFE_INTEGER),
  );
  if (ring.length === 0 || !isSound) throw new Error('the signing secret holds no ring of keys, newest first');
  return ring;
}

export function writeKeyRing(ring: KeyRing): string {
  return JSON.stringify({
    keys: ring.map(({ root, signsFrom }) => ({ root, signsFrom: new Date(signsFrom).toISOString() })),
  });
}

/**
 * The ring with a new key in front. A key stays for {@link KEEP_DAYS} after the next one began to sign: every token that
 * may still earn somebody something goes on verifying, however often keys are rotated.
 * @throws RangeError when there would be more than {@link MAX_KEYS}
 */
export function rotateKeyRing(ring: KeyRing, root: string, now: EpochMs): KeyRing {
  const all = [{ root, signsFrom: now + SIGNS_AFTER_MS }, ...ring];
  const kept = all.filter((_key, index) => {
    const replacedAt = all[index - 1]?.signsFrom;
    return replacedAt === undefined || now - replacedAt <= KEEP_DAYS * DAY_MS;
  });
  if (kept.length > MAX_KEYS) {
    throw new RangeError(
      `${MAX_KEYS} keys are live already: rotate again when the oldest is ${KEEP_DAYS} days out of use`,
    );
  }
  return kept;
}

/** The key that signs now; a new one is not yet used, an only one always is. */
export function signingRoot(ring: KeyRing, now: EpochMs): string | undefined {
  return (ring.find(({ signsFrom }) => signsFrom <= now) ?? ring.at(-1))?.root;
}
