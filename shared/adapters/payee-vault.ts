import { storedPayeeSchema } from '#shared/adapters/dynamodb/partners/payee-items';
import type { Opener, Sealer } from '#shared/adapters/kms-key';
import { keyedHash } from '#shared/adapters/payee-hashes';
import { accountHashOf } from '#shared/application/payee-accounts';
import type { PayeeOpener, PayeeOwner, PayeeSealer } from '#shared/application/payee-vault';
import type { Payee } from '#shared/application/payees';
import type { Digest } from '#shared/application/ports';

/** Details sealed by KMS under the ids of programme and partner; hashes of them by a key that only KMS opens. */
export function makePayeeSealer(deps: {
  readonly sealer: Sealer;
  readonly hashKey: () => Promise<Uint8Array>;
  readonly digest: Digest;
}): PayeeSealer {
  const fingerprint = async (owner: PayeeOwner, payee: Payee): Promise<string> =>
    keyedHash(await deps.hashKey(), 'details', JSON.stringify([owner.programId, owner.partnerId, textOf(payee)]));
  return {
    fingerprint,
    hash: async (text) => keyedHash(await deps.hashKey(), 'content', text),
    async seal(owner, payee) {
      const plain = Buffer.from(textOf(payee), 'utf8');
      const [sealed, print] = await Promise.all([
        deps.sealer.encrypt(contextOf(owner), plain),
        fingerprint(owner, payee),
      ]);
      const account = accountHashOf(deps.digest, payee);
      return {
        sealed: Buffer.from(sealed).toString('base64'),
        fingerprint: print,
        ...(account === undefined ? {} : { accountHash: keyedHash(await deps.hashKey(), 'account', account) }),
      };
    },
  };
}

/** @throws Error of KMS for details that were sealed for another partner */
export function makePayeeOpener({ opener }: { readonly opener: Opener }): PayeeOpener {
  return {
    async open(owner, sealed) {
      const plain = await opener.decrypt(contextOf(owner), Buffer.from(sealed, 'base64'));
      return storedPayeeSchema.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
    },
  };
}

function contextOf({ programId, partnerId }: PayeeOwner) {
  return { programId, partnerId };
}

/** The same text for the same details, in whatever order they came. */
function textOf(payee: Payee): string {
  const fields = Object.entries(payee).filter(([, value]) => value !== undefined);
  return JSON.stringify(Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1))));
}
