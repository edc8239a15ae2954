import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { PartnerDirectory } from '#shared/application/referrals/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { asText } from '#shared/application/tracking/codes/code-content';
import type { CodeCatalogue, CodeContent, StoredCode } from '#shared/application/tracking/codes/code-ports';
import { checkChosenCode, checkCodeContent } from '#shared/application/tracking/codes/code-rules';
import { checkDestination } from '#shared/application/tracking/links/check-destination';
import { requirePartner } from '#shared/application/tracking/require-partner';
import { toInstant } from '#shared/domain/time/instant';
import { canonicalCode, generateCode, RANDOM_BYTES_PER_CODE } from '#shared/domain/tracking/code';

/** What codes made together share. */
export type CodeSettings = Omit<CodeContent, 'payeeName' | 'disabled'> & {
  readonly programId: string;
  readonly partnerId: string;
  readonly disclosedAs?: string | undefined;
};

export type CreateCodeInput = CodeSettings & {
  readonly code?: string | undefined;
  /** Id of the request: the same when it is repeated. */
  readonly requestId: string;
};

export type CreateCodeOutput = { readonly code: StoredCode; readonly repeated: boolean };

/** A code but for the code itself. */
export type CodeBlank = Omit<StoredCode, 'code' | 'isChosen' | 'batchId'>;

type BlankDeps = {
  readonly programs: ProgramReader;
  readonly partners: PartnerDirectory;
  readonly clock: Clock;
};

/**
 * Creates a code that is unique in the installation.
 * 1. Check programme, partner, destination and terms.
 * 2. Store the code wanted, or a random one; a repeat of the request finds what it made first.
 * 3. A code that exists answers itself when it is the same.
 * @throws Failure unknown_program, unknown_partner, destination_not_allowed, invalid_request, already_exists
 */
export function makeCreateCode(
  deps: {
    readonly codes: Pick<CodeCatalogue, 'add' | 'createdBy' | 'find'>;
    readonly randomBytes: (size: number) => Uint8Array;
  } & BlankDeps &
    RetryDeps,
): (input: CreateCodeInput) => Promise<CreateCodeOutput> {
  return async ({ code: wanted, requestId, ...settings }) => {
    if (wanted !== undefined) checkChosenCode(wanted);
    const blank = await blankOf(deps, settings, wanted !== undefined);
    if (wanted !== undefined) return addChosen(deps, chosenOf(blank, wanted), requestId);
    return retryContended(deps, async () => {
      const code = { ...blank, code: generateCode(deps.randomBytes(RANDOM_BYTES_PER_CODE)), isChosen: false };
      const outcome = await deps.codes.add(code, requestId);
      if (outcome === 'added') return { code, repeated: false };
      const existing = outcome === 'request_done' && (await deps.codes.createdBy(settings.programId, requestId));
      return existing ? { code: existing, repeated: true } : 'contended';
    });
  };
}

/** @throws Failure unknown_program, unknown_partner, destination_not_allowed, invalid_request */
export async function blankOf(deps: BlankDeps, settings: CodeSettings, isChosen: boolean): Promise<CodeBlank> {
  const { disclosedAs, ...content } = settings;
  const payeeName = disclosedAs ?? settings.partnerId;
  checkCodeContent({ ...content, payeeName }, isChosen);
  const program = await deps.programs.get(settings.programId);
  const { destinationHosts } = program.tracking;
  const destination =
    settings.destination === undefined ? undefined : checkDestination(settings.destination, destinationHosts);
  await requirePartner(deps.partners, settings.programId, settings.partnerId);
  return { ...content, destination, merchantName: program.name, payeeName, createdAt: toInstant(deps.clock()) };
}

export function chosenOf(blank: CodeBlank, wanted: string): StoredCode {
  return { ...blank, code: wanted.toUpperCase(), isChosen: true };
}

/**
 * Stores a code that a person chose; the same code with the same content answers what is stored.
 * @throws Failure already_exists
 */
export function addChosen(
  deps: { readonly codes: Pick<CodeCatalogue, 'add' | 'createdBy' | 'find'> } & RetryDeps,
  code: StoredCode,
  requestId: string,
): Promise<CreateCodeOutput> {
  return retryContended(deps, async () => {
    const outcome = await deps.codes.add(code, requestId);
    if (outcome === 'added') return { code, repeated: false };
    if (outcome === 'contended') return outcome;
    const existing =
      outcome === 'request_done'
        ? await deps.codes.createdBy(code.programId, requestId)
        : await deps.codes.find(canonicalCode(code.code));
    if (existing && (outcome === 'request_done' || isSame(existing, code))) return { code: existing, repeated: true };
    throw codeTaken();
  });
}

/** A code from before it was kept whether it was chosen is the same, too. */
function isSame(existing: StoredCode, wanted: StoredCode): boolean {
  const text = ({ createdAt: _at, isChosen: _chosen, ...rest }: StoredCode): string => asText(rest);
  return text(existing) === text(wanted);
}

function codeTaken(): Failure {
  return new Failure('already_exists', 'Choose another code, or leave it out to have one made.', {
    errors: [{ pointer: '/code', rule: 'is taken' }],
  });
}
