import { Failure } from '#shared/application/failure';
import type {
  AcceptedRecord,
  AgreementProposal,
  RecordedAgreement,
} from '#shared/application/partners/agreement-ports';
import { termsHashOf, type VersionContent, versionTermsOf } from '#shared/application/partners/agreement-record';
import { type AgreementView, findVersion, viewAgreement } from '#shared/application/partners/agreement-view';
import { type Books, changeAgreements, readBooks } from '#shared/application/partners/change-agreements';
import { nextSequence } from '#shared/application/partners/change-standing';
import { takeEffect } from '#shared/application/partners/draft-agreement';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { isCustomPlanVersion } from '#shared/domain/partner/agreement';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type AcceptAgreement = {
  readonly programId: string;
  readonly partnerId: string;
  readonly agreementId: string;
  /** Of the text that was read. */
  readonly textHash: string;
  /** Of all that was read; needed where components of its own are accepted, which the text's hash says nothing of. */
  readonly termsHash?: string | undefined;
  /** Names the signed paper that a manager holds; the partner itself needs none. */
  readonly paperReference?: string | undefined;
  readonly by: string;
  /** The caller is a person of this partner. */
  readonly isPartner: boolean;
  /** The caller may act for the programme. */
  readonly isManager: boolean;
};

type Dependencies = { partners: PartnerStore; programs: ProgramReader; clock: Clock; digest: Digest };

/**
 * Accepts a proposed version: by the partner's own person, or by a manager who holds a signed paper and names it.
 * It takes effect at its start, but never before the first instant of the first open period (design.md, Commission
 * semantics 4); until then the version before goes on. Who, when, which text and which terms are kept. A repeat answers the same.
 * @throws Failure unknown_program, not_found, invalid_request, text_hash_mismatch, agreement_not_open (withdrawn, nothing
 * to accept, or over before it could start), exclusivity_conflict, temporarily_unavailable
 */
export function makeAcceptAgreement({ partners, programs, clock, digest }: Dependencies) {
  return async (input: AcceptAgreement): Promise<AgreementView> => {
    const { programId, agreementId } = input;
    const shownBy = await readBooks(programs, programId);
    requirePaper(input);
    const now = toInstant(clock());
    const at = { ...input, now, hideOthers: input.isPartner };
    const standing = await changeAgreements({ partners, programs }, at, async (before, books) => {
      const { agreement, proposal } = findVersion(before, agreementId);
      if (agreement) return requireSameAcceptance(agreement, input);
      const open = requireOpen(proposal, input);
      const content = await contentOf(partners, input, open);
      const termsHash = termsHashOf(open, content, digest);
      requireSameTerms(termsHash, input, content.components !== undefined);
      const versions = [...before.agreements, ...(before.proposals ?? [])];
      const accepted = acceptedVersion(open, books, nextSequence(versions), now);
      return {
        standing: {
          ...before,
          agreements: [...before.agreements, accepted],
          proposals: before.proposals?.filter((other) => other !== open),
        },
        writes: {
          record: {
            ...recordOf(input, accepted.from, now),
            termsHash,
            version: versionTermsOf(accepted, content.components, digest),
          },
        },
      };
    });
    return viewAgreement(standing, agreementId, now, shownBy);
  };
}

function requirePaper({ isPartner, isManager, paperReference }: AcceptAgreement): void {
  if (!isPartner && !isManager) throw new Failure('not_found', 'There is no such partner.');
  if (isPartner === (paperReference === undefined)) return;
  const rule = isPartner ? 'is for managers who hold a signed paper' : 'must name the signed paper that you hold';
  throw new Failure('invalid_request', `Correct and send again: /paperReference ${rule}.`, {
    errors: [{ pointer: '/paperReference', rule }],
  });
}

/** A repeat changes nothing. */
function requireSameAcceptance(agreement: RecordedAgreement, input: AcceptAgreement): undefined {
  if (agreement.acceptedAt === undefined) {
    throw new Failure('agreement_not_open', 'This version counts without being accepted: there is nothing to do.');
  }
  requireSameText(agreement.textHash, input.textHash);
  if (agreement.termsHash !== undefined) requireSameTerms(agreement.termsHash, input, false);
  return undefined;
}

function requireOpen(proposal: AgreementProposal | undefined, { textHash }: AcceptAgreement): AgreementProposal {
  if (!proposal || proposal.withdrawnAt !== undefined) {
    throw new Failure('agreement_not_open', 'This version was taken back. Ask for a new one.');
  }
  requireSameText(proposal.textHash, textHash);
  return proposal;
}

/** As it is stored now: what was changed behind a proposal is not accepted with it. */
async function contentOf(
  partners: Pick<PartnerStore, 'agreementText' | 'components'>,
  { programId, partnerId, agreementId }: AcceptAgreement,
  { planVersion }: AgreementProposal,
): Promise<VersionContent> {
  const [text, components] = await Promise.all([
    partners.agreementText(programId, partnerId, agreementId),
    isCustomPlanVersion(planVersion) ? partners.components(programId, partnerId, planVersion) : undefined,
  ]);
  return { text, components };
}

function requireSameTerms(known: string, { termsHash }: AcceptAgreement, isCustom: boolean): void {
  if (termsHash === undefined && isCustom) {
    throw new Failure(
      'invalid_request',
      'Read the agreement with its components, and send its termsHash beside the textHash: its text alone does not say what it pays.',
      { errors: [{ pointer: '/termsHash', rule: 'must be given where components of its own are accepted' }] },
    );
  }
  if (termsHash === undefined || termsHash === known) return;
  throw new Failure('text_hash_mismatch', 'Read the agreement again, and send the termsHash of what you read.', {
    errors: [{ pointer: '/termsHash', rule: "must be the SHA-256 of this agreement's terms" }],
  });
}

function requireSameText(known: string | undefined, read: string): void {
  if (known === read) return;
  throw new Failure('text_hash_mismatch', 'Read the text of the agreement again, and send the hash of what you read.', {
    errors: [{ pointer: '/textHash', rule: "must be the SHA-256 of this agreement's text" }],
  });
}

/** Its own sequence, since it counts from now on: of two with the same start the one that came to count last does. */
function acceptedVersion(proposal: AgreementProposal, books: Books, sequence: number, now: Instant): RecordedAgreement {
  const version = { ...takeEffect(proposal, books), sequence, acceptedAt: now };
  if (version.endsAt === undefined || version.from < version.endsAt) return version;
  throw new Failure('agreement_not_open', `It would have ended at ${version.endsAt}: ask for a new version.`);
}

function recordOf(input: AcceptAgreement, effectiveFrom: Instant, at: Instant): AcceptedRecord {
  const { agreementId, textHash, by, isPartner, paperReference } = input;
  return {
    kind: 'accepted',
    agreementId,
    at,
    by,
    textHash,
    method: isPartner ? 'partner' : 'paper',
    ...(paperReference === undefined ? {} : { paperReference }),
    effectiveFrom,
  };
}
