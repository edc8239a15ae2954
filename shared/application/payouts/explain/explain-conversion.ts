import { Failure } from '#shared/application/failure';
import { type AdjustmentDeps, adjustmentParts } from '#shared/application/payouts/explain/explain-adjustments';
import { type DecidedSale, type DecisionDeps, decideSale } from '#shared/application/payouts/explain/explain-decision';
import { disputeParts } from '#shared/application/payouts/explain/explain-disputes';
import {
  agreementPart,
  attributionPart,
  convertedPart,
  decisionParts,
  firstPurchasePart,
  nettingPart,
  nothingPart,
  periodPart,
  refundPart,
  tierPart,
  worded,
} from '#shared/application/payouts/explain/explain-parts';
import type {
  ExplainedOrder,
  ExplainedOrders,
  OrderDisputes,
  StatedFacts,
} from '#shared/application/payouts/explain/explain-ports';
import { reattributionParts } from '#shared/application/payouts/explain/explain-reattribution';
import { reasonedFor, reviewPart } from '#shared/application/payouts/explain/explain-review';
import { partOfOrder, wholeOfParts } from '#shared/application/payouts/explain/explain-split';
import { findStatement } from '#shared/application/payouts/explain/explain-statement';
import {
  type Base,
  consequencesStory,
  factsStory,
  storyOf,
  summaryOf,
} from '#shared/application/payouts/explain/explain-story';
import type {
  ExplainedClawback,
  ExplainedStatement,
  Explanation,
} from '#shared/application/payouts/explain/explanation';
import type { Program, ProgramReader } from '#shared/application/programs';
import { clawbacksOf, refundsInOrder } from '#shared/domain/explain/explain-refunds';
import { clawbackSentence } from '#shared/domain/explain/explain-words';
import { shareBpsOf } from '#shared/domain/money/split-credit';
import type { TimeZone } from '#shared/domain/time/time-zone';

export type ExplainConversion = (input: {
  readonly programId: string;
  readonly orderId: string;
  /** Partners whose own sales alone the caller may see explained, by final statements alone; `undefined` for staff. */
  readonly onlyPartners?: readonly string[] | undefined;
}) => Promise<Explanation>;

type Deps = DecisionDeps &
  AdjustmentDeps & {
    readonly programs: ProgramReader;
    readonly orders: ExplainedOrders;
    readonly stated: StatedFacts;
    readonly disputes: OrderDisputes;
  };

type Asked = Parameters<ExplainConversion>[0] & { readonly program: Program; readonly zone: TimeZone };

/**
 * Explains one sale: every rule that looked at it, in order, what it decided and why (design.md, Commission semantics).
 * What a statement holds is told from it; the rest is computed by the statement's own engine and marked an estimate.
 * @throws Failure unknown_program; not_found, also for a sale that is not the asking partner's
 */
export function makeExplainConversion(deps: Deps): ExplainConversion {
  return async (input) => {
    const program = await deps.programs.get(input.programId);
    const asked = { ...input, program, zone: deps.programs.zone(program.timeZone) };
    const found = await deps.orders.findOrder(input.programId, input.orderId);
    // A partner reads of a split sale its own part alone.
    const order = (found && input.onlyPartners && partOfOrder(found, input.onlyPartners)) ?? found;
    const { partnerId } = order?.conversion ?? {};
    const isHidden = input.onlyPartners && !(partnerId !== undefined && input.onlyPartners.includes(partnerId));
    if (!order || isHidden) {
      throw new Failure('not_found', 'No such order was recorded in this programme. Check its id.', {
        errors: [{ pointer: 'path:orderId', rule: 'is not a recorded order' }],
      });
    }
    const base = await baseOf(deps, asked, order);
    if (order.conversion.credits) return wholeOfParts(base, await explainParts(deps, asked, order));
    return partnerId === undefined ? unclaimed(base) : claimed(deps, asked, order, partnerId, base);
  };
}

/** The explanation of each part of a split sale, as of a sale of its own. */
function explainParts(deps: Deps, asked: Asked, order: ExplainedOrder): Promise<Explanation[]> {
  const partnerIds = order.conversion.credits?.map(({ partnerId }) => partnerId) ?? [];
  return Promise.all(
    partnerIds.map(async (partnerId) => {
      const part = partOfOrder(order, [partnerId]);
      if (!part) throw new Error(`order ${asked.orderId} lacks the part of ${partnerId}`);
      return claimed(deps, asked, part, partnerId, await baseOf(deps, asked, part));
    }),
  );
}

/** What is told of every sale, whoever it belongs to. */
async function baseOf(deps: Deps, asked: Asked, order: ExplainedOrder): Promise<Base> {
  const { orderId, customerId, partnerId, occurredAt, recordedAt, amountMinor, currency } = order.conversion;
  const { category, country, credit } = order.conversion;
  const firsts = await deps.facts.firstPurchases(asked.programId, [customerId]);
  const isPartner = asked.onlyPartners !== undefined;
  const disputes = await deps.disputes.ofOrder(asked.programId, orderId);
  const { adjustments, statements } = await adjustmentParts(deps, asked, order, disputes);
  return {
    orderId,
    customerId: isPartner ? undefined : customerId,
    partnerId,
    occurredAt,
    recordedAt,
    amountMinor,
    currency,
    category,
    country,
    shareBps: credit && shareBpsOf(credit),
    convertedFrom: convertedPart(order),
    attribution: attributionPart(order, asked.program, asked.onlyPartners),
    reattributions: reattributionParts(order, asked.onlyPartners),
    review: reviewPart(order, asked.onlyPartners),
    period: periodPart(order, asked.program, asked.zone),
    netting: nettingPart(order),
    firstPurchase: firstPurchasePart(order, firsts.get(customerId), isPartner),
    disputes: disputeParts(disputes, asked.onlyPartners),
    adjustments,
    statements,
  };
}

/** No partner, so no agreement, plan or tier is in force, and no component is asked. */
function unclaimed(base: Base): Explanation {
  const { attribution } = base;
  const sentence = `It earned nothing because nobody can claim it: without a partner no agreement and no plan is asked.`;
  return {
    ...base,
    status: 'unattributed',
    estimate: false,
    earnedMinor: 0n,
    clawbackMinor: 0n,
    summary: attribution.sentence,
    story: [...factsStory(base), sentence, ...consequencesStory(base)],
    nothingBecause: { reason: 'unattributed', estimate: false, sentence },
    decisions: [],
    clawbacks: [],
  };
}

async function claimed(
  deps: Deps,
  asked: Asked,
  order: ExplainedOrder,
  partnerId: string,
  base: Base,
): Promise<Explanation> {
  const fact = { ...order.conversion, partnerId };
  const found = await findStatement(deps, asked, fact);
  const decided = await decideSale(deps, asked, fact, found?.statementId);
  const estimate = found?.state !== 'final';
  const { currency } = fact;
  const decisions = decisionParts(decided, asked.program, asked.zone, { currency, estimate });
  const { clawbacks, statements } = await clawbackParts(deps, asked, order, partnerId, decided);
  const agreement = agreementPart(decided);
  const tier = tierPart(decided);
  const nothingBecause = nothingPart(decided, asked.program, currency, estimate);
  const earnedMinor = decisions.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const all = {
    ...base,
    status: fact.earnsNothing === undefined ? ('attributed' as const) : ('earns_nothing' as const),
    estimate,
    earnedMinor,
    clawbackMinor: clawbacks.reduce((sum, { lines }) => lines.reduce((to, line) => to + line.amountMinor, sum), 0n),
    agreement,
    tier,
    nothingBecause,
    decisions,
    clawbacks,
    statements: distinct([...(found ? [found] : []), ...statements, ...base.statements]),
  };
  const told = reasonedFor(all, asked.onlyPartners);
  return { ...told, summary: summaryOf(told, partnerId), story: storyOf(told, found) };
}

/** Each late refund with what it took back: as its own month's statement holds it, or as it would. */
async function clawbackParts(
  deps: Deps,
  asked: Asked,
  order: ExplainedOrder,
  partnerId: string,
  { decision }: DecidedSale,
): Promise<{ readonly clawbacks: readonly ExplainedClawback[]; readonly statements: readonly ExplainedStatement[] }> {
  const { orderId, amountMinor, nettedMinor, currency } = order.conversion;
  const earned = decision.components.flatMap(({ lines }) => lines);
  const computed = clawbacksOf(orderId, order.refunds, earned, amountMinor - nettedMinor);
  const clawbacks: ExplainedClawback[] = [];
  const statements: ExplainedStatement[] = [];
  for (const refund of refundsInOrder(order.refunds)) {
    if (!refund.late) continue;
    const found = await findStatement(deps, asked, { partnerId, currency, period: refund.period });
    const statementId = found?.statementId;
    const estimate = found?.state !== 'final';
    const lines =
      statementId === undefined
        ? (computed.get(refund.refundId) ?? [])
        : await deps.stated.clawbackLines(asked.programId, statementId, refund);
    const sentence = clawbackSentence(refund, lines, currency, estimate);
    clawbacks.push({ ...refundPart(refund), statementId, lines: worded(lines), estimate, sentence });
    if (found) statements.push(found);
  }
  return { clawbacks, statements };
}

function distinct(statements: readonly ExplainedStatement[]): readonly ExplainedStatement[] {
  return [...new Map(statements.map((statement) => [statement.statementId, statement])).values()];
}
