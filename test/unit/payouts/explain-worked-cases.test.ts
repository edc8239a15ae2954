import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeExplainConversion } from '#shared/application/payouts/explain/explain-conversion';
import type { Explanation } from '#shared/application/payouts/explain/explanation';
import { hasCap } from '#shared/domain/plan/plan';
import type { StatementLine } from '#shared/domain/statement/statement';
import { aWorkedCase } from '#test/support/builders/worked-case';
import { makeFakeStatedFacts } from '#test/support/fakes/stated-facts';
import { type VectorCase, vectorFile } from '#test/support/vector-file';

const folder = join(import.meta.dirname, '../../vectors');

/** A line without its wording, as text to compare. */
const rowOf = ({ calculation: _, ...line }: StatementLine): string =>
  JSON.stringify(
    Object.entries(line)
      .filter(([, value]) => value !== undefined)
      .sort(),
    (_key, value) => (typeof value === 'bigint' ? value.toString() : value),
  );

const linesOf = ({ decisions, clawbacks }: Explanation): StatementLine[] =>
  [...decisions, ...clawbacks].flatMap(({ lines }) => lines);

async function explainCase(vector: VectorCase) {
  const { half, history, facts, close, currency } = await aWorkedCase(vector);
  const { programId } = half.program;
  const explain = makeExplainConversion({
    programs: half.programs,
    runs: half.money.runs,
    partners: half.terms,
    plans: { get: async (_programId, version) => history.plans.get(version) },
    facts,
    orders: {
      findOrder: async (_programId, orderId) => {
        const order = await facts.order(programId, orderId);
        if (!order) return undefined;
        const attribution = { touches: [], why: 'named_by_merchant' as const };
        const { occurredAt: recordedAt } = order.conversion;
        const refunds = order.refunds.map((refund) => ({ ...refund, recordedAt: refund.occurredAt }));
        return { conversion: { ...order.conversion, attribution, recordedAt }, refunds };
      },
    },
    statements: half.money.statements,
    stated: makeFakeStatedFacts(half.money.statements),
    payouts: { get: async () => undefined },
    adjustments: half.money.adjustments,
    disputes: { ofOrder: async () => [] },
  });
  const isStated = (one: { readonly currency?: string | undefined }): boolean =>
    (one.currency ?? history.programCurrency) === currency;
  const orderIds = history.conversions.filter(isStated).map(({ conversionId }) => conversionId);
  const explainAll = (): Promise<Explanation[]> =>
    Promise.all(orderIds.map((orderId) => explain({ programId, orderId })));
  const before = await explainAll();
  const stated: StatementLine[] = [];
  for await (const period of close()) {
    const { items } = await half.list({ programId, period, limit: 10 });
    for (const { statementId } of items.filter(isStated)) {
      const { items: pages } = await half.money.statements.pages(programId, statementId, { limit: 1_000 });
      stated.push(...pages.flatMap(({ lines }) => lines).filter((line) => line.conversionId !== undefined));
    }
  }
  return { before, after: await explainAll(), stated, last: history.periods.at(-1)!, plans: history.plans };
}

describe.each(['statements.json', 'statements-random.json', 'rules.json'])('explaining every order of %s', (name) => {
  const cases = vectorFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));

  it.each(cases.map((vector) => ({ ...vector, title: vector.why ?? 'a generated history' })))(
    '$name: $title',
    async (vector) => {
      const { before, after, stated, last, plans } = await explainCase(vector);
      const isClosed = ({ estimate }: { estimate: boolean }): boolean => !estimate;

      // Each line of each statement is explained by its order, once, and nothing else is called stated.
      const told = after.flatMap(({ decisions, clawbacks }) =>
        [...decisions, ...clawbacks].filter(isClosed).flatMap(({ lines }) => lines),
      );
      expect(told.map(rowOf).sort()).toEqual(stated.map(rowOf).sort());
      for (const { orderId, decisions, clawbacks } of after) {
        const lines = [...decisions, ...clawbacks].flatMap((part) => part.lines);
        expect(lines.every(({ conversionId }) => conversionId === orderId)).toBe(true);
        expect(lines.every(({ calculation }) => calculation !== undefined)).toBe(true);
      }

      // An order without a line says why, and each component that wrote none too.
      for (const { decisions, nothingBecause } of after) {
        expect(nothingBecause !== undefined || decisions.length > 0).toBe(true);
        for (const { outcome, reason, lines } of decisions) {
          expect([outcome, lines.length > 0]).toEqual([outcome, outcome === 'paid']);
          expect([outcome, reason !== undefined]).toEqual([outcome, outcome === 'nothing']);
          expect(reason).not.toBe('not_stated');
        }
      }

      // Each component of the plan in force has one decision, and where brackets decided, they hold what was paid on.
      for (const { agreement, decisions } of after) {
        const components = agreement ? plans.get(agreement.planVersion)?.components : [];
        expect(decisions.map(({ componentId }) => componentId)).toEqual(components?.map(({ id }) => id));
        for (const { componentId, position, lines } of decisions) {
          if (!position || position.brackets.length === 0) continue;
          // A cap may leave out the lines of the later brackets; the sale stands in them all the same.
          const component = components?.find(({ id }) => id === componentId);
          const stood = component && hasCap(component) ? position.brackets.slice(0, lines.length) : position.brackets;
          expect(stood.map(({ rateBps }) => rateBps)).toEqual(lines.map(({ rateBps }) => rateBps));
          expect(stood.map(({ baseMinor }) => baseMinor)).toEqual(lines.map(({ baseMinor }) => baseMinor));
        }
      }

      // What was estimated while the months were open is what they came to.
      for (const [index, earlier] of before.entries()) {
        const later = after[index]!;
        expect(earlier.estimate).toBe(true);
        expect(later.estimate).toBe(later.period.period > last);
        expect(linesOf(earlier).map(rowOf)).toEqual(linesOf(later).map(rowOf));
        const positionsOf = (told: Explanation) => told.decisions.map(({ position }) => position?.sentence);
        expect(positionsOf(earlier)).toEqual(positionsOf(later));
        expect(earlier.nothingBecause?.reason).toBe(later.nothingBecause?.reason);
      }
    },
  );
});
