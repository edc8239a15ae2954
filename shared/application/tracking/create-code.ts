import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { PartnerDirectory } from '#shared/application/referrals/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { checkDestination } from '#shared/application/tracking/check-destination';
import type { CodeCatalogue, StoredCode } from '#shared/application/tracking/ports';
import { requirePartner } from '#shared/application/tracking/require-partner';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { canonicalCode, GENERATED_CODE_LENGTH, RANDOM_BYTES_PER_CODE, toCrockford } from '#shared/domain/tracking/code';

export type CreateCodeInput = {
  readonly programId: string;
  readonly partnerId: string;
  readonly code?: string | undefined;
  readonly description: string;
  readonly destination?: string | undefined;
  readonly disclosedAs?: string | undefined;
  readonly maxRedemptions?: number | undefined;
  readonly validFrom?: Instant | undefined;
  readonly validUntil?: Instant | undefined;
  /** Id of the request: the same when it is repeated. */
  readonly requestId: string;
};

export type CreateCodeOutput = { readonly code: StoredCode; readonly repeated: boolean };

/**
 * Creates a code that is unique in the installation.
 * 1. Check programme, partner, destination and times.
 * 2. Store the code wanted, or a random one; a repeat of the request finds what it made first.
 * 3. A code that exists answers itself when it is the same.
 * @throws Failure unknown_program, unknown_partner, destination_not_allowed, invalid_request, already_exists
 */
export function makeCreateCode(
  deps: {
    readonly codes: CodeCatalogue;
    readonly programs: ProgramReader;
    readonly partners: PartnerDirectory;
    readonly clock: Clock;
    readonly randomBytes: (size: number) => Uint8Array;
  } & RetryDeps,
): (input: CreateCodeInput) => Promise<CreateCodeOutput> {
  return async (input) => {
    checkTimes(input);
    const program = await deps.programs.get(input.programId);
    const { destinationHosts } = program.tracking;
    const destination =
      input.destination === undefined ? undefined : checkDestination(input.destination, destinationHosts);
    await requirePartner(deps.partners, input.programId, input.partnerId);
    const { requestId, code: wanted, disclosedAs, ...rest } = input;
    return retryContended(deps, async () => {
      const code: StoredCode = {
        ...rest,
        code: wanted?.toUpperCase() ?? toCrockford(deps.randomBytes(RANDOM_BYTES_PER_CODE), GENERATED_CODE_LENGTH),
        destination,
        merchantName: program.name,
        payeeName: disclosedAs ?? input.partnerId,
        createdAt: toInstant(deps.clock()),
      };
      const outcome = await deps.codes.add(code, requestId);
      if (outcome === 'added') return { code, repeated: false };
      if (outcome === 'contended') return outcome;
      const existing =
        outcome === 'request_done'
          ? await deps.codes.createdBy(input.programId, requestId)
          : await deps.codes.find(canonicalCode(code.code));
      if (existing && (outcome === 'request_done' || (wanted !== undefined && isSame(existing, code)))) {
        return { code: existing, repeated: true };
      }
      if (wanted !== undefined) throw codeTaken();
      return 'contended';
    });
  };
}

function checkTimes({ validFrom, validUntil }: CreateCodeInput): void {
  if (validFrom === undefined || validUntil === undefined || validFrom < validUntil) return;
  throw new Failure('invalid_request', 'Let the code expire after it becomes valid.', {
    errors: [{ pointer: '/expiresAt', rule: 'must be later than validFrom' }],
  });
}

function isSame({ createdAt: _a, ...existing }: StoredCode, { createdAt: _b, ...wanted }: StoredCode): boolean {
  const known = new Map(Object.entries(existing).filter(([, value]) => value !== undefined));
  const sent = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return sent.length === known.size && sent.every(([name, value]) => known.get(name) === value);
}

function codeTaken(): Failure {
  return new Failure('already_exists', 'Choose another code, or leave it out to have one made.', {
    errors: [{ pointer: '/code', rule: 'is taken' }],
  });
}
