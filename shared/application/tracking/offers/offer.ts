import type { Program } from '#shared/application/programs';
import type { Instant } from '#shared/domain/time/instant';
import { disclosureText, type Language } from '#shared/domain/tracking/disclosure';
import type { OfferTerms } from '#shared/domain/tracking/discount';

/** What every offer page says of its programme. */
export type OfferProgram = {
  readonly name: string;
  readonly language: Language;
  readonly timeZone: string;
  /** Its names are still to be filled in. */
  readonly disclosure: string;
  readonly disclosureVersion: number;
};

type Offer = {
  readonly description?: string | undefined;
  /** Who is paid, as customers read it. */
  readonly payee: string;
  readonly program: OfferProgram;
};

export type CodeOffer = Offer & {
  readonly code: string;
  readonly terms: OfferTerms & {
    readonly validUntil?: Instant | undefined;
    /** Absent: once. */
    readonly maxPerCustomer?: number | undefined;
  };
  readonly destination?: string | undefined;
};

export type LinkOffer = Offer & { readonly slug: string };

export function offerProgram({
  name,
  timeZone,
  tracking,
}: Pick<Program, 'name' | 'timeZone' | 'tracking'>): OfferProgram {
  const { language, disclosureVersion } = tracking;
  return { name, timeZone, language, disclosure: disclosureText(tracking), disclosureVersion };
}
