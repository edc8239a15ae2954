import { Failure } from '#shared/application/failure';
import type {
  AgreementProposal,
  AgreementWrites,
  ExclusivityRegister,
  RecordedAgreement,
} from '#shared/application/partners/agreement-ports';
import { changeStanding } from '#shared/application/partners/change-standing';
import type { PartnerStore, Standing } from '#shared/application/partners/ports';
import type { ProgramReader } from '#shared/application/programs';
import {
  conflictWith,
  type Holding,
  holdingsOf,
  holdingsText,
  stillRelevant,
} from '#shared/domain/partner/agreement-exclusivity';
import { effectiveInstant } from '#shared/domain/partner/terms';
import { startOfPeriod } from '#shared/domain/time/calendar';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';

/** A holding takes 1.6 kB at most, and all of a programme's are read and written in one item of 400 kB. */
export const MAX_EXCLUSIVITIES = 200;

/** The programme's clock and what of its months is closed: what effective instants are decided by. */
export type Books = { readonly closedThrough: Period; readonly zone: TimeZone };

export type AgreementChange = { readonly standing: Standing; readonly writes: Omit<AgreementWrites, 'register'> };

export async function readBooks(programs: ProgramReader, programId: string): Promise<Books> {
  const { closedThrough, timeZone } = await programs.get(programId);
  return { closedThrough, zone: programs.zone(timeZone) };
}

/**
 * Reads a partner's terms, changes its agreements, and saves them with their texts, records and exclusivities in one
 * write, again if somebody else was faster. `change` answers `undefined` when there is nothing to do (a repeat).
 * @throws Failure unknown_program, not_found, exclusivity_conflict, invalid_request, temporarily_unavailable
 */
export async function changeAgreements(
  { partners, programs }: { readonly partners: PartnerStore; readonly programs: ProgramReader },
  at: { readonly programId: string; readonly partnerId: string; readonly now: Instant; readonly hideOthers?: boolean },
  change: (before: Standing, books: Books) => Promise<AgreementChange | undefined> | AgreementChange | undefined,
): Promise<Standing> {
  let writes: AgreementWrites = {};
  return changeStanding(
    partners,
    at,
    async (before) => {
      const books = await readBooks(programs, at.programId);
      const changed = await change(before, books);
      if (!changed) return undefined;
      const register = await registerAfter(partners, before, changed.standing, books, at.hideOthers ?? false);
      writes = { ...changed.writes, register };
      return changed.standing;
    },
    () => writes,
  );
}

/**
 * The programme's exclusivities with this partner's as they become; `undefined` when there is nothing to write.
 * @throws Failure exclusivity_conflict, which names the other partner unless it is to be hidden from a partner; invalid_request
 */
export async function registerAfter(
  partners: Pick<PartnerStore, 'exclusivities'>,
  before: Pick<Standing, 'agreements' | 'proposals'> | undefined,
  after: Standing,
  books: Books,
  hideOthers = false,
): Promise<ExclusivityRegister | undefined> {
  const isExclusive = [...versionsOf(before), ...versionsOf(after)].some(({ exclusivity }) => exclusivity);
  if (!isExclusive) return undefined;
  const { version, holdings } = await partners.exclusivities(after.programId);
  const own = ownHoldings(after, books);
  const others = holdings.filter(({ partnerId }) => partnerId !== after.partnerId);
  const stored = holdings.filter(({ partnerId }) => partnerId === after.partnerId);
  if (holdingsText(own) === holdingsText(stored)) return undefined;
  const conflict = conflictWith(own, others);
  if (conflict) throw conflictFailure(conflict, hideOthers);
  const kept = [...relevant(others, books), ...own];
  if (kept.length > MAX_EXCLUSIVITIES) {
    throw new Failure(
      'invalid_request',
      `End exclusivities first: a programme can have ${MAX_EXCLUSIVITIES} at most.`,
      {
        errors: [{ pointer: '/exclusivity', rule: `must be one of at most ${MAX_EXCLUSIVITIES} of the programme` }],
      },
    );
  }
  return { version, holdings: kept };
}

function versionsOf(
  standing: Pick<Standing, 'agreements' | 'proposals'> | undefined,
): readonly (RecordedAgreement | AgreementProposal)[] {
  return standing ? [...standing.agreements, ...(standing.proposals ?? [])] : [];
}

function ownHoldings({ partnerId, agreements, proposals = [] }: Standing, books: Books): readonly Holding[] {
  const shifted = proposals.map((proposal) => ({
    ...proposal,
    from: effectiveInstant(proposal.from, books.closedThrough, books.zone),
  }));
  return relevant(holdingsOf(partnerId, agreements, shifted, books.zone), books);
}

/** Nothing new starts in a closed month; the last one closed may be opened again, when its run is rejected. */
function relevant(holdings: readonly Holding[], { closedThrough, zone }: Books): readonly Holding[] {
  return stillRelevant(holdings, toInstant(startOfPeriod(closedThrough, zone)));
}

function conflictFailure({ partnerId, agreementId, values, kind, from, until }: Holding, hide: boolean): Failure {
  const errors = [{ pointer: '/exclusivity', rule: 'must not overlap what another partner holds' }];
  if (hide) {
    return new Failure('exclusivity_conflict', 'Its exclusivity can no longer be promised. Ask for a new version.', {
      errors,
    });
  }
  const what = `${kind === 'category' ? 'category' : 'country'} ${values.join(', ')}`;
  const when = `from ${from}${until === undefined ? '' : ` until ${until}`}`;
  return new Failure(
    'exclusivity_conflict',
    `Partner ${partnerId} holds ${what} ${when}. End that first, or choose other values or times.`,
    { errors, extra: { partnerId, agreementId } },
  );
}
