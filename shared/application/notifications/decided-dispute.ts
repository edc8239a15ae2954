import type { DisputeStore } from '#shared/application/partners/dispute-ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Program, ProgramReader } from '#shared/application/programs';

export type DecidedDisputeDeps = {
  readonly disputes: Pick<DisputeStore, 'find'>;
  readonly partners: Pick<PartnerStore, 'profile'>;
  readonly programs: Pick<ProgramReader, 'get'>;
};

type Dispute = NonNullable<Awaited<ReturnType<DisputeStore['find']>>>;
type Profile = NonNullable<Awaited<ReturnType<PartnerStore['profile']>>>;

export type DecidedDispute = {
  readonly dispute: Dispute;
  readonly decision: Dispute['decisions'][number];
  readonly profile: Profile;
  readonly program: Program;
};

/** A decision with whom it concerns; `undefined` where nobody can be told of it. */
export async function decidedDispute(
  { disputes, partners, programs }: DecidedDisputeDeps,
  { programId, disputeId, number }: { readonly programId: string; readonly disputeId: string; readonly number: number },
): Promise<DecidedDispute | undefined> {
  const dispute = await disputes.find(programId, disputeId);
  const decision = dispute?.decisions.find((one) => one.number === number);
  const profile = dispute && (await partners.profile(programId, dispute.partnerId));
  if (!dispute || !decision || !profile) return undefined;
  return { dispute, decision, profile, program: await programs.get(programId) };
}
