import { Failure } from '#shared/application/failure';
import type {
  AgreementProposal,
  RecordedAgreement,
  TerminatedRecord,
} from '#shared/application/partners/agreement-ports';
import { type AgreementView, findVersion, viewAgreement } from '#shared/application/partners/agreement-view';
import {
  type AgreementChange,
  type Books,
  changeAgreements,
  readBooks,
} from '#shared/application/partners/change-agreements';
import type { PartnerStore, Standing } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import {
  decideTermination,
  type TerminationCause,
  type TerminationDecision,
} from '#shared/domain/partner/agreement-termination';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type TerminateAgreement = {
  readonly programId: string;
  readonly partnerId: string;
  readonly agreementId: string;
  /** The same for a repeat of the same request. */
  readonly actId: string;
  readonly cause: TerminationCause;
  /** Absent: as early as the cause allows. */
  readonly endsAt?: Instant | undefined;
  /** What the end means for customers who bought before it. */
  readonly effect: 'stop' | 'honour_until_window_ends';
  readonly reason: string;
  readonly by: string;
  /** The person who made the API key that calls. */
  readonly onBehalfOf?: string | undefined;
  /** The caller is a person of this partner: it may give notice, and nothing else. */
  readonly isPartner: boolean;
  /** The caller may act for the programme. */
  readonly isManager: boolean;
};

type Dependencies = { partners: PartnerStore; programs: ProgramReader; clock: Clock };

/**
 * Ends a partner's agreement. Notice keeps the notice period and the term; breach and mutual consent may end it at once.
 * An end in a closed period takes effect at the first instant of the first open one (design.md, Commission semantics 4).
 * Versions that would have started later are cancelled and open proposals taken back, so that nothing brings the partner
 * back by itself. A repeat with the same id answers the first one. The partner's own person gives notice, and what the
 * agreement says of its end then holds: only the programme can grant more, or end it for another cause.
 * @throws Failure unknown_program, not_found, invalid_request, agreement_end_not_possible (with `earliestEndsAt`), agreement_not_open,
 * temporarily_unavailable
 */
export function makeTerminateAgreement({ partners, programs, clock }: Dependencies) {
  return async (input: TerminateAgreement): Promise<AgreementView> => {
    const { programId, partnerId, agreementId, actId } = input;
    const shownBy = await readBooks(programs, programId);
    requireStanding(input);
    const now = toInstant(clock());
    const standing = await changeAgreements({ partners, programs }, { ...input, now }, async (before, books) => {
      const { agreement } = findVersion(before, agreementId);
      const records = await partners.agreementRecords(programId, partnerId, agreementId);
      if (records.some((record) => record.kind === 'terminated' && record.actId === actId)) return undefined;
      if (!agreement) throw notOpen('It does not count yet: withdraw the proposal instead.');
      if (input.isPartner) requireAgreedEffect(agreement, input);
      return terminate(before, agreement, input, books, now);
    });
    return viewAgreement(standing, agreementId, now, shownBy);
  };
}

function requireStanding({ isPartner, isManager, cause }: TerminateAgreement): void {
  if (!isPartner && !isManager) throw new Failure('not_found', 'There is no such partner.');
  if (!isPartner || cause === 'notice') return;
  throw new Failure('invalid_request', 'Give notice, or ask the managers of the programme for another end.', {
    errors: [{ pointer: '/cause', rule: 'must be notice when the partner ends it' }],
  });
}

/** Being paid beyond the end is granted by the programme: nobody gives it to themselves. */
function requireAgreedEffect({ afterEnd = 'stop' }: RecordedAgreement, { effect }: TerminateAgreement): void {
  if (effect === afterEnd) return;
  throw new Failure('invalid_request', `Send effect ${afterEnd}, or ask the managers of the programme for another.`, {
    errors: [{ pointer: '/effect', rule: `must be ${afterEnd}, as the agreement says, when the partner ends it` }],
  });
}

function terminate(
  before: Standing,
  agreement: RecordedAgreement,
  input: TerminateAgreement,
  books: Books,
  now: Instant,
): AgreementChange {
  const { agreementId, actId, cause, effect, reason, by, onBehalfOf } = input;
  const isTerminated = agreement.terminatedAt !== undefined;
  const request = { version: agreement, versions: before.agreements, cause, at: now, isTerminated, ...books };
  const { endsAt, cancelled } = requireEnd(decideTermination({ ...request, endsAt: input.endsAt }));
  const act = { agreementId, actId, at: now, by, onBehalfOf };
  const record: TerminatedRecord = { ...act, kind: 'terminated', cause, effect, endsAt, reason, cancelled };
  const ended: RecordedAgreement = { ...agreement, endsAt, afterEnd: effect, terminatedAt: now };
  // One that never starts must not stand in the way of what its predecessor left behind.
  const neverStarts = endsAt <= agreement.from && agreement.from > now;
  const gone = new Set(neverStarts ? [...cancelled, agreementId] : cancelled);
  const withdrawn = (version: AgreementProposal): AgreementProposal => ({ ...version, withdrawnAt: now });
  const standing: Standing = {
    ...before,
    agreements: before.agreements
      .filter((version) => !gone.has(version.agreementId))
      .map((version) => (version === agreement ? ended : version)),
    proposals: [
      ...(before.proposals ?? []).map((proposal) => (proposal.withdrawnAt ? proposal : withdrawn(proposal))),
      ...before.agreements
        .filter((version) => gone.has(version.agreementId))
        .map((version) => withdrawn(version === agreement ? ended : version)),
    ],
  };
  return { standing, writes: { record } };
}

function requireEnd(decision: TerminationDecision): Extract<TerminationDecision, { outcome: 'ends' }> {
  switch (decision.outcome) {
    case 'ends':
      return decision;
    case 'not_then':
      throw new Failure(
        'agreement_end_not_possible',
        `By notice it can end at ${decision.earliestEndsAt}: send that as endsAt, or leave endsAt out.`,
        {
          errors: [{ pointer: '/endsAt', rule: 'must keep the notice period and be the end of a term' }],
          extra: { earliestEndsAt: decision.earliestEndsAt },
        },
      );
    case 'ended_before':
      throw notOpen(`It ends at ${decision.endsAt} anyway: only an earlier end changes anything.`, {
        endsAt: decision.endsAt,
      });
    case 'replaced_by':
      throw notOpen(`Version ${decision.agreementId} takes its place at ${decision.at}: terminate that one.`, {
        agreementId: decision.agreementId,
      });
    case 'not_begun':
      throw notOpen(`Version ${decision.agreementId} is in force until then: terminate that one, which cancels this.`, {
        agreementId: decision.agreementId,
      });
  }
}

function notOpen(detail: string, extra: Readonly<Record<string, unknown>> = {}): Failure {
  return new Failure('agreement_not_open', detail, { extra });
}
