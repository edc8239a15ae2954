import { Failure } from '#shared/application/failure';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { PartnerDirectory } from '#shared/application/referrals/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { asText } from '#shared/application/tracking/codes/code-content';
import type { CodeCatalogue, StoredCode } from '#shared/application/tracking/codes/code-ports';
import { checkChosenCode } from '#shared/application/tracking/codes/code-rules';
import {
  addChosen,
  blankOf,
  type CodeBlank,
  type CodeSettings,
  chosenOf,
} from '#shared/application/tracking/codes/create-code';
import { canonicalCode, generateCode, RANDOM_BYTES_PER_CODE } from '#shared/domain/tracking/code';

/** Two items each in transactions of at most 100. */
const CODES_AT_ONCE = 25;
const CHUNKS_AT_ONCE = 4;
const SEED_BYTES = 32;
/** That one of 75 random bits is taken does not happen twice. */
const MAX_ROUNDS = 3;

export type CreateCodesInput = CodeSettings & {
  /** How many are made. */
  readonly count: number;
  /** Those that people chose, in their order. */
  readonly codes: readonly string[];
  /** Id of the request: the same when it is repeated. */
  readonly requestId: string;
};

export type CodeOutcome =
  | { readonly code: StoredCode; readonly repeated: boolean }
  /** The code as it was sent, which is another's. */
  | { readonly taken: string; readonly failure: Failure };

type Deps = {
  readonly codes: Pick<CodeCatalogue, 'add' | 'addAll' | 'createdBy' | 'find' | 'openBatch'>;
  readonly programs: ProgramReader;
  readonly partners: PartnerDirectory;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly randomBytes: (size: number) => Uint8Array;
} & RetryDeps;

/**
 * Makes many codes with shared terms: the chosen ones first, then the random ones.
 * 1. Check everything before anything is stored.
 * 2. Keep a random seed under the request: a repeat after a crash makes the rest of the same codes, and answers all of them.
 * 3. Store the codes, many in a transaction; where one is refused, each by itself.
 * A chosen code that is another's fails alone.
 * @throws Failure unknown_program, unknown_partner, destination_not_allowed, invalid_request, idempotency_key_reused,
 * temporarily_unavailable (repeat with the same Idempotency-Key: it goes on where it ended)
 */
export function makeCreateCodes(deps: Deps): (input: CreateCodesInput) => Promise<readonly CodeOutcome[]> {
  return async ({ count, codes: chosen, requestId, ...settings }) => {
    for (const [index, code] of chosen.entries()) checkChosenCode(code, `/codes/${index}`);
    const blank = await blankOf(deps, settings, chosen.length > 0);
    const { programId } = settings;
    const contentHash = deps.digest(asText([settings, count, chosen]));
    const fresh = { seed: Buffer.from(deps.randomBytes(SEED_BYTES)).toString('hex'), contentHash };
    const batch = await deps.codes.openBatch(programId, requestId, fresh);
    if (batch.contentHash !== contentHash) throw otherBatch();
    const kept = await addAllChosen(deps, blank, chosen, requestId);
    const numbers = Array.from({ length: count }, (_, index) => index);
    const made = new Map<number, CodeOutcome>();
    const chunks = Array.from({ length: Math.ceil(count / CODES_AT_ONCE) }, (_, chunk) =>
      numbers.slice(chunk * CODES_AT_ONCE, (chunk + 1) * CODES_AT_ONCE),
    );
    const make = (index: number, round = 0): StoredCode => ({
      ...blank,
      code: codeFrom(deps.digest, batch.seed, index, round),
      isChosen: false,
      batchId: requestId,
    });
    await forEachConcurrently(chunks, CHUNKS_AT_ONCE, async (chunk) => {
      const codes = chunk.map((index) => make(index));
      const outcome = await deps.codes.addAll(codes);
      for (const [place, index] of chunk.entries()) {
        const code = codes[place] as StoredCode;
        made.set(
          index,
          outcome === 'added' ? { code, repeated: false } : await addOne(deps, (round) => make(index, round)),
        );
      }
    });
    return [...kept, ...numbers.map((index) => made.get(index) as CodeOutcome)];
  };
}

async function addAllChosen(
  deps: Deps,
  blank: CodeBlank,
  chosen: readonly string[],
  requestId: string,
): Promise<readonly CodeOutcome[]> {
  const outcomes: CodeOutcome[] = [];
  // One after the other: of two that read alike the first stands and the second is the same.
  for (const [index, wanted] of chosen.entries()) {
    try {
      outcomes.push(await addChosen(deps, chosenOf(blank, wanted), `${requestId}-${index}`));
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'already_exists') throw error;
      const errors = [{ pointer: `/codes/${index}`, rule: 'is taken' }];
      outcomes.push({ taken: wanted, failure: new Failure('already_exists', 'Choose another code.', { errors }) });
    }
  }
  return outcomes;
}

/**
 * A code by itself, after its chunk was refused: stored by an earlier attempt, or its neighbours were. Only one that is
 * another's is made anew: a repeat that is under way at the same moment makes the same codes, and no more of them.
 */
async function addOne(deps: Deps, make: (round: number) => StoredCode): Promise<CodeOutcome> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const code = make(round);
    const outcome = await retryContended<CodeOutcome | 'taken'>(deps, async () => {
      const existing = await deps.codes.find(canonicalCode(code.code));
      if (existing) return existing.batchId === code.batchId ? { code: existing, repeated: true } : 'taken';
      return (await deps.codes.addAll([code])) === 'added' ? { code, repeated: false } : 'contended';
    });
    if (outcome !== 'taken') return outcome;
  }
  throw new Failure(
    'temporarily_unavailable',
    'Repeat the request with the same Idempotency-Key: it goes on where it ended.',
  );
}

function codeFrom(digest: Digest, seed: string, index: number, round: number): string {
  const hex = digest(`${seed}/${index}/${round}`);
  return generateCode(
    Uint8Array.from({ length: RANDOM_BYTES_PER_CODE }, (_, byte) =>
      Number.parseInt(hex.slice(byte * 2, byte * 2 + 2), 16),
    ),
  );
}

function otherBatch(): Failure {
  return new Failure('idempotency_key_reused', 'Use a new Idempotency-Key for other codes.', {
    errors: [{ pointer: 'header:Idempotency-Key', rule: 'was used before with another body' }],
  });
}
