import { Failure } from '#shared/application/failure';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { TimeBox } from '#shared/application/time-box';
import { type AuditHead, genesisHead } from '#shared/domain/audit/audit-chain';
import { type ChainBreak, makeChainFollower } from '#shared/domain/audit/follow-chain';
import { type Period, toInstant } from '#shared/domain/time/instant';
import type { AuditTrail } from './audit-ports.ts';
import type { AuditVerification, AuditVerifications, PeriodProof } from './audit-verification.ts';
import { recordsBetween } from './export-audit-trail.ts';

const MS_PER_SECOND = 1_000;
/** The API gives up after 30 seconds; what is left is for a cold start, the last page and the write. */
const SECONDS = 24;
/** Of these, for the chain when a month is to be proved too. */
const CHAIN_SECONDS = 10;
/** Verifications whose heads are held against the chain, and among which one is looked for that was not finished. */
const EARLIER = 100;

export type ProvePeriod = (programId: string, period: Period, box: TimeBox) => Promise<PeriodProof>;

export type VerifyAuditTrail = (input: {
  readonly programId: string;
  readonly verificationId: string;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
  /** A closed month that is computed again besides. */
  readonly period?: Period | undefined;
  /** The hash of a head that was kept elsewhere: the chain must pass through it. */
  readonly head?: string | undefined;
  /** An unfinished verification, to go on from. */
  readonly continues?: string | undefined;
}) => Promise<AuditVerification>;

/**
 * Proves a programme's audit chain within the time of one answer, and keeps what came out: 1. every record follows the one before
 * and hashes to its own hash; 2. the chain ends where its head says; 3. it passes through the heads of earlier verifications, and
 * through `head`; 4. with `period`, that month is computed again as `npm run verify` does. What takes longer ends `unfinished` and
 * is continued by another call.
 * @throws Failure unknown_program; not_found for a month without an approved run, or an unfinished verification that is not there
 */
export function makeVerifyAuditTrail(deps: {
  readonly trail: AuditTrail;
  readonly verifications: AuditVerifications;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly provePeriod: ProvePeriod;
  readonly digest: Digest;
  readonly clock: Clock;
}): VerifyAuditTrail {
  return async ({ programId, verificationId, by, onBehalfOf, period, head: keptElsewhere, continues }) => {
    await deps.programs.get(programId);
    const startedMs = deps.clock();
    const boxOf = (seconds: number): TimeBox => ({
      isOver: () => deps.clock() - startedMs >= seconds * MS_PER_SECOND,
    });
    const { items: earlier } = await deps.verifications.list(programId, { limit: EARLIER });
    const from = continues === undefined ? undefined : unfinished(earlier, continues);
    const given = { from: from?.chain.through, earlier, keptElsewhere };
    const chain = await follow(deps, programId, given, boxOf(period === undefined ? SECONDS : CHAIN_SECONDS));
    const isWhole = chain.broken === undefined && chain.through.sequence === chain.head.sequence;
    const again =
      period !== undefined && isWhole ? await deps.provePeriod(programId, period, boxOf(SECONDS)) : undefined;
    const verification: AuditVerification = {
      verificationId,
      programId,
      at: toInstant(startedMs),
      endedAt: toInstant(deps.clock()),
      by,
      onBehalfOf,
      status: chain.broken ? 'different' : isWhole ? (again?.status ?? 'equal') : 'unfinished',
      chain,
      continues,
      period: again,
    };
    await deps.verifications.add(verification);
    return verification;
  };
}

async function follow(
  { trail, digest }: { readonly trail: AuditTrail; readonly digest: Digest },
  programId: string,
  given: {
    readonly from: AuditHead | undefined;
    readonly earlier: readonly AuditVerification[];
    readonly keptElsewhere: string | undefined;
  },
  box: TimeBox,
): Promise<AuditVerification['chain']> {
  const genesis = genesisHead(programId, digest);
  const head = (await trail.head(programId)) ?? genesis;
  const start = given.from ?? genesis;
  const kept = given.earlier.filter(({ status }) => status === 'equal').map(({ chain }) => chain.through);
  const follower = makeChainFollower(
    programId,
    start,
    kept.filter(({ sequence }) => sequence > 0),
    digest,
  );
  let isCut = false;
  let isPassed = given.keptElsewhere === undefined || given.keptElsewhere === start.hash;
  for await (const record of recordsBetween(trail, programId, start.sequence, head.sequence)) {
    if (!follower.take(record)) break;
    if (record.hash === given.keptElsewhere) isPassed = true;
    isCut = box.isOver() && record.sequence < head.sequence;
    if (isCut) break;
  }
  const through = follower.at();
  const beyond = kept.find(({ sequence }) => sequence > head.sequence);
  const missing = beyond?.hash ?? (isPassed ? undefined : given.keptElsewhere);
  const atEnd = isCut ? undefined : (endsElsewhere(head, through) ?? (missing && notPassed(head, missing)));
  return { head, through, earlierHeads: follower.passed(), broken: follower.broken() ?? (atEnd || undefined) };
}

function endsElsewhere(head: AuditHead, through: AuditHead): ChainBreak | undefined {
  if (head.sequence === through.sequence && head.hash === through.hash) return undefined;
  const textOf = ({ sequence, hash }: AuditHead): string => `${sequence} ${hash}`;
  return { sequence: head.sequence, field: 'head', stored: textOf(head), expected: textOf(through) };
}

/** The chain is shorter than it was, or another one. */
function notPassed(head: AuditHead, missing: string): ChainBreak {
  return { sequence: head.sequence, field: 'kept', stored: head.hash, expected: missing };
}

function unfinished(earlier: readonly AuditVerification[], id: string): AuditVerification {
  const found = earlier.find(({ verificationId, status }) => verificationId === id && status === 'unfinished');
  if (found && !found.chain.broken) return found;
  throw new Failure('not_found', 'Start a new verification: there is no unfinished one to go on from.', {
    errors: [{ pointer: '/continues', rule: 'must be one of the last 100 verifications, and unfinished' }],
  });
}
