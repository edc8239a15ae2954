import * as z from 'zod';
import { tokens } from '#functions/notifications/mail/token-composition';
import { readEnvironment } from '#functions/runtime/environment';
import { makeUnsubscribeLinks } from '#shared/application/notifications/mail/make-unsubscribe-links';

const { PUBLIC_URL: publicUrl } = readEnvironment(z.object({ PUBLIC_URL: z.string() }));

/** For whatever sends e-mail: needs `usesSecret()` and `knows('PUBLIC_URL')`. */
export const unsubscribeLinks = makeUnsubscribeLinks({ tokens, publicUrl });
