import {
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import { type ClaimDeps, type Ending, endingOf } from '#shared/adapters/dynamodb/referrals/clicks/click-claims';
import {
  additionsOf,
  isOfPartner,
  type PlacedClick,
  updateOf,
} from '#shared/adapters/dynamodb/referrals/clicks/click-counters';
import type { ClickSpread } from '#shared/adapters/dynamodb/referrals/clicks/click-spread';
import { countingKey, partnerInPlaceOfSlug } from '#shared/adapters/dynamodb/referrals/referrals-keys';

const MAX_CONFLICTS = 15;
/** By chance a counting meets another now and then; so often in a row, only where there are many. */
const CONFLICTS_TO_GROW = 3;
const THROTTLED: ReadonlySet<string> = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded']);
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 640;

/** Adds the numbers and writes that the counting is `counted`, both or neither. */
export async function addUp(
  deps: ClaimDeps & { readonly spread: ClickSpread },
  clicks: readonly PlacedClick[],
  newcomers: ReadonlySet<string>,
  { token, expiresAt }: { readonly token: string; readonly expiresAt: number },
): Promise<Ending> {
  const { documents, tableName: TableName } = deps;
  const [click] = clicks as readonly [PlacedClick];
  const { programId, slug, partnerId } = click;
  const counters = {
    link: await spreadCounter(deps, programId, slug),
    // A delivery has many links of one partner, and its day is one more item of each transaction.
    partner: await spreadCounter(deps, programId, partnerInPlaceOfSlug(partnerId ?? '')),
  };
  const ended = { ...countingKey(programId, token), ending: 'counted', expiresAt };
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
    const shards = { link: counters.link.shard(), partner: counters.partner.shard() };
    const additions = additionsOf(clicks, newcomers, shards);
    try {
      await documents.send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName, Item: ended, ConditionExpression: 'attribute_not_exists(pk)' } },
            ...additions.map((addition) => ({ Update: updateOf(TableName, addition) })),
          ],
        }),
      );
      return 'counted';
    } catch (error) {
      if (!isBusy(error)) throw error;
      // Ended as void by another delivery, or counted by this very request when its answer was lost.
      const ending = await endingOf(deps, programId, token);
      if (ending) return ending;
      const busy = additions.filter((_, index) => hasRefused(error, index + 1));
      const onPartner = busy.filter((addition) => isOfPartner(addition, click));
      if (onPartner.length > 0) await counters.partner.met();
      if (onPartner.length < busy.length || busy.length === 0) await counters.link.met();
      await pauseBefore(deps, conflicts);
    }
  }
  throw new Error('click counters stayed contended; the delivery is repeated');
}

/** One of the spread counters that a counting adds to: it is spread further when countings keep meeting one another. */
async function spreadCounter(
  { random, spread }: ClaimDeps & { readonly spread: ClickSpread },
  programId: string,
  slug: string,
): Promise<{ readonly shard: () => number; readonly met: () => Promise<void> }> {
  let shards = await spread.of(programId, slug);
  let conflicts = 0;
  return {
    shard: () => Math.floor(random() * shards),
    async met() {
      conflicts += 1;
      if (conflicts % CONFLICTS_TO_GROW === 0) shards = await spread.grow(programId, slug, shards);
    },
  };
}

/** Whether an item of a cancelled transaction is why it was; a whole request that was throttled names none. */
function hasRefused(error: unknown, index: number): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons?.[index]?.Code ?? 'None') !== 'None';
}

/** Another transaction has the shard, or its partition is hot: both pass, on other shards sooner. */
function isBusy(error: unknown): boolean {
  if (error instanceof ProvisionedThroughputExceededException || error instanceof ThrottlingException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  return cancellationCodes(error) !== undefined || codes.some((code) => THROTTLED.has(code));
}

export function pauseBefore({ pause, random }: ClaimDeps, attempt: number): Promise<unknown> {
  return pause(random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
}
