import type { JSX } from 'preact';
import { Alert } from '#console/ui/parts';
import { ApiProblem } from '#functions/console/web/api';
import type { Format } from '#functions/console/web/format';
import type { NamesOf } from '#functions/console/web/names';
import type { Visit } from '#functions/console/web/page';
import { partnerHref, programHref } from '#functions/console/web/paths';

/** Who works with the books: as the routes of the API let in. */
export const MONEY = ['admin', 'finance', 'approver'] as const;
/** Who may propose and book what approvers then decide on. */
export const BOOKKEEPERS = ['admin', 'finance'] as const;

export const baseOf = ({ programme }: Pick<Visit, 'programme'>): string => programHref(programme.programId);

export function PartnerLink({
  visit,
  partnerId,
  names,
}: {
  readonly visit: Visit;
  readonly partnerId: string;
  readonly names: NamesOf;
}): JSX.Element {
  return <a href={partnerHref(visit.programme.programId, partnerId)}>{names.partner(partnerId)}</a>;
}

/** An amount that reads as what it does: debits and credits stand without a sign, in columns of their own. */
export function unsigned(format: Format, minor: number, currency: string): string {
  return format.amount(minor < 0 ? -BigInt(minor) : BigInt(minor), currency);
}

/** What was asked could not be answered as asked, such as a range that ends before it starts: said on the page itself. */
export type Refused = { readonly refused: string };

export async function orRefused<T>(answer: Promise<T>): Promise<T | Refused> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiProblem && (error.status === 400 || error.status === 422)) return { refused: error.detail };
    throw error;
  }
}

export const isRefused = <T extends object>(answer: T | Refused): answer is Refused => 'refused' in answer;

export function RefusedAlert({ refused }: Refused): JSX.Element {
  return (
    <Alert tone="attention" title="This cannot be shown as asked">
      <p>{refused}</p>
    </Alert>
  );
}
