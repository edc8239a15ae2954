import { addUp, pauseBefore } from '#shared/adapters/dynamodb/referrals/clicks/add-clicks';
import {
  awaitEnding,
  type Claim,
  type ClaimDeps,
  claim,
  type Ending,
  endingOf,
} from '#shared/adapters/dynamodb/referrals/clicks/click-claims';
import { type PlacedClick, partsOf } from '#shared/adapters/dynamodb/referrals/clicks/click-counters';
import { makeClickSpread } from '#shared/adapters/dynamodb/referrals/clicks/click-spread';
import { makeClickValues } from '#shared/adapters/dynamodb/referrals/clicks/click-values';
import { clickKey, visitorKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { ClickRollups, ClickToCount } from '#shared/application/tracking/clicks/click-ports';
import { toInstant } from '#shared/domain/time/instant';

/** A visitor is known by the hash of a UTC day; a delivery that is later than these days finds it new. */
const VISITOR_KEPT_MS = 15 * 86_400_000;
/** How a counting ended is known for longer than anything that carries its token; DynamoDB may take days over a removal. */
const ENDING_KEPT_MS = 7 * 86_400_000;

const LINKS_AT_ONCE = 4;
const CLAIMS_AT_ONCE = 16;
const MAX_ATTEMPTS = 8;
const ENDINGS_REMEMBERED = 10_000;

export type ClickRollupDeps = ClaimDeps & {
  /** At least 64 random bits. */
  readonly newToken: () => string;
};

type Open = {
  readonly click: PlacedClick /** The void counting that had claimed it. */;
  readonly from?: string | undefined;
};

/**
 * Counts of clicks: for each link of a delivery one transaction with all its counts, on one of many shards, after each click
 * was claimed in a partition of its own (click-claims.ts says why nothing is counted twice or left out).
 */
export function makeClickRollups(deps: ClickRollupDeps): ClickRollups {
  const place = makeClickValues(deps);
  const spread = makeClickSpread(deps);
  const endings = new Map<string, Ending>();
  const inTurn = makeTurns();

  /** Endings never change, so they are remembered. */
  const remember = (token: string, ending: Ending): Ending => {
    if (endings.size >= ENDINGS_REMEMBERED) endings.clear();
    endings.set(token, ending);
    return ending;
  };

  /** Counts clicks of one link, at most what a transaction can. */
  const countPart = async (clicks: readonly PlacedClick[]): Promise<number> => {
    let open: readonly Open[] = clicks.map((click) => ({ click }));
    let counted = 0;
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt >= MAX_ATTEMPTS) throw new Error('clicks stayed with other deliveries; this one is repeated');
      if (attempt > 0) await pauseBefore(deps, attempt);
      const token = deps.newToken();
      const { ours, others } = await claimClicks(deps, token, open);
      // What is ours is counted before anybody else is waited for: two deliveries never wait for each other.
      const ending = ours.length === 0 ? 'void' : remember(token, await countOurs(ours, token));
      if (ending === 'counted') counted += ours.length;
      const lost = ending === 'counted' ? [] : ours.map((click) => ({ click, from: token }));
      open = [...lost, ...(await leftBehind(others))];
    }
    return counted;
  };

  const countOurs = async (ours: readonly PlacedClick[], token: string): Promise<Ending> => {
    const newcomers = await claimVisitors(ours, token);
    const [{ programId, partnerId }] = ours as readonly [PlacedClick];
    const add = (): Promise<Ending> =>
      addUp({ ...deps, spread }, ours, newcomers, { token, expiresAt: endingLapse(ours) });
    return partnerId === undefined ? add() : inTurn(`${programId} ${partnerId}`, add);
  };

  /** Of the clicks that others have claimed, those whose counting came to nothing. */
  const leftBehind = async (others: ReadonlyMap<string, readonly PlacedClick[]>): Promise<Open[]> => {
    const open: Open[] = [];
    await forEachConcurrently(others, CLAIMS_AT_ONCE, async ([token, clicks]) => {
      const [{ programId }] = clicks as readonly [PlacedClick];
      const known = endings.get(token);
      const ending = known ?? remember(token, await awaitEnding(deps, programId, token, endingLapse(clicks)));
      if (ending === 'void') open.push(...clicks.map((click) => ({ click, from: token })));
    });
    return open;
  };

  /** The clicks that bring a visitor of their day: the first one of each visitor whom no other counting has claimed. */
  const claimVisitors = async (ours: readonly PlacedClick[], token: string): Promise<ReadonlySet<string>> => {
    const first = new Map<string, PlacedClick>();
    for (const click of ours) {
      const id = `${utcDay(click)} ${click.visitor}`;
      if (click.kind === 'human' && click.visitor !== NO_VISITOR && !first.has(id)) first.set(id, click);
    }
    const newcomers = new Set<string>();
    await forEachConcurrently(first.values(), CLAIMS_AT_ONCE, async (click) => {
      if (await claimVisitor(click, token)) newcomers.add(click.clickId);
    });
    return newcomers;
  };

  /** A counting that has not ended keeps its visitor: should it come to nothing, whoever takes over its clicks finds it void. */
  const claimVisitor = async (click: PlacedClick, token: string): Promise<boolean> => {
    const { programId, slug, visitor, at } = click;
    const item = {
      ...visitorKey(programId, slug, utcDay(click), visitor),
      countedBy: token,
      expiresAt: seconds(at + VISITOR_KEPT_MS),
    };
    let from: string | undefined;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const claimed = await claim(deps, item, from);
      if (claimed === 'ours' || claimed === 'counted') return claimed === 'ours';
      const ending = endings.get(claimed.token) ?? (await endingOf(deps, programId, claimed.token));
      if (ending) remember(claimed.token, ending);
      if (ending !== 'void') return false;
      from = claimed.token;
    }
    throw new Error('a visitor stayed with other deliveries; this one is repeated');
  };

  return {
    count: async (clicks) => {
      const byId = new Map(clicks.map((click) => [`${click.programId} ${click.clickId}`, click]));
      const links = Map.groupBy(byId.values(), ({ programId, slug }) => `${programId} ${slug}`);
      let counted = 0;
      const failures: unknown[] = [];
      await forEachConcurrently(links.values(), LINKS_AT_ONCE, async (ofLink) => {
        try {
          for (const part of partsOf(await place(ofLink))) {
            // Not in one expression: other links add to the sum while this one is awaited.
            const added = await countPart(part);
            counted += added;
          }
        } catch (error) {
          // One link's trouble is not the others': they are counted, and found counted when the delivery is repeated.
          failures.push(error);
        }
      });
      if (failures.length > 0) throw failures[0];
      return counted;
    },
  };
}

/** Lets those with one key go one after the other: the links of a delivery that are one partner's would meet at its day. */
function makeTurns(): <T>(key: string, go: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, go) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(go, go);
    const ended = turn.catch(() => {});
    last.set(key, ended);
    void ended.then(() => {
      if (last.get(key) === ended) last.delete(key);
    });
    return turn;
  };
}

/** Without the installation's key there is no telling visitors apart. */
const NO_VISITOR = '-';
const utcDay = ({ at }: ClickToCount): string => toInstant(at).slice(0, 10);
const seconds = (ms: number): number => Math.ceil(ms / 1_000);
const endingLapse = (clicks: readonly ClickToCount[]): number =>
  seconds(Math.max(...clicks.map(({ at, keptUntil }) => Math.max(keptUntil, at + VISITOR_KEPT_MS))) + ENDING_KEPT_MS);

async function claimClicks(
  deps: ClaimDeps,
  token: string,
  open: readonly Open[],
): Promise<{ ours: readonly PlacedClick[]; others: ReadonlyMap<string, readonly PlacedClick[]> }> {
  const ours: PlacedClick[] = [];
  const others = new Map<string, PlacedClick[]>();
  await forEachConcurrently(open, CLAIMS_AT_ONCE, async ({ click, from }) => {
    const claimed: Claim = await claim(deps, keptItem(click, token), from);
    if (claimed === 'ours') ours.push(click);
    else if (claimed !== 'counted') others.set(claimed.token, [...(others.get(claimed.token) ?? []), click]);
  });
  // In the order of the clicks again: a visitor is counted with the first of its clicks.
  return { ours: open.map(({ click }) => click).filter((click) => ours.includes(click)), others };
}

/** The raw touch is the claim: one write keeps the click and says who counts it. */
function keptItem(click: PlacedClick, token: string): Parameters<typeof claim>[1] & Record<string, unknown> {
  const { programId, clickId, slug, partnerId, at, kind, isPaidSearch, country, subs, keptUntil } = click;
  return {
    ...clickKey(programId, clickId),
    countedBy: token,
    clickId,
    slug,
    partnerId,
    at,
    kind,
    country,
    ...(subs.length > 0 ? { subs } : {}),
    ...(isPaidSearch ? { isPaidSearch } : {}),
    expiresAt: seconds(keptUntil),
  };
}
