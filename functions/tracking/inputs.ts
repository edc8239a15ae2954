import type * as z from 'zod';
import type { CreateLinkInput } from '#shared/application/tracking/links/create-link';
import type { LinkSide } from '#shared/application/tracking/ports';
import type { linkSchema } from '#shared/contracts/tracking/create-link';

/** A link as sent, under the names of the use case. */
export function linkInput(
  programId: string,
  { expiresAt: validUntil, ...body }: z.output<typeof linkSchema>,
  linkId: string,
  side: LinkSide,
): CreateLinkInput {
  return { ...body, validUntil, programId, linkId, side };
}
