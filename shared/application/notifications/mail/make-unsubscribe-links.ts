import { Failure } from '#shared/application/failure';
import { mayBeOff } from '#shared/application/notifications/cadences';
import type { UnsubscribeTokens } from '#shared/application/notifications/mail/unsubscribe-tokens';
import type { UnsubscribeLinks } from '#shared/application/notifications/unsubscribe';

/** RFC 8058, section 3.1: the one pair that a mail program sends. */
export const ONE_CLICK = { name: 'List-Unsubscribe', value: 'One-Click' } as const;

/** Links below an installation's own address; without one an e-mail that may be ended is not sent yet. */
export function makeUnsubscribeLinks(deps: {
  readonly tokens: Pick<UnsubscribeTokens, 'sign'>;
  readonly publicUrl: string;
}): UnsubscribeLinks {
  return {
    async linkOf(from) {
      const { kind } = from;
      if (kind !== 'digest.daily' && kind !== 'digest.monthly' && !mayBeOff(kind)) return undefined;
      const token = await deps.tokens.sign(from);
      if (token === undefined) {
        throw new Failure('temporarily_unavailable', 'The signing key cannot be read just now: send the e-mail later.');
      }
      const url = `${deps.publicUrl}/u/${token}`;
      const headers = {
        'List-Unsubscribe': `<${url}>`,
        'List-Unsubscribe-Post': `${ONE_CLICK.name}=${ONE_CLICK.value}`,
      };
      return { url, headers };
    },
  };
}
