import { proposedComponent } from '#functions/payouts/plans/proposed-component';
import { fieldErrors } from '#functions/runtime/field-errors';
import type { DraftComponent, ReadComponents } from '#shared/application/payouts/plans/plan-draft';
import { planBodySchema } from '#shared/contracts/payouts/plans/plan';
import { COMPONENT_KINDS, type ProposedComponent } from '#shared/domain/plan/plan-rules';

const { components: componentsSchema } = planBodySchema.shape;

/**
 * Reads components by the schema of POST /plans. Of one that breaks it, whatever can be read is read all the same, so that
 * one mistake hides no other.
 */
export const readComponents: ReadComponents = (components) => {
  const parsed = componentsSchema.safeParse(components);
  if (parsed.success) return { readable: parsed.data.map(proposedComponent), broken: [] };
  const broken = parsed.error.issues.flatMap((issue) => fieldErrors({ ...issue, path: ['components', ...issue.path] }));
  return { readable: components.map(whatIsReadable), broken };
};

/** Only for the rules to look at: what is no amount, list or object here stands as absent or empty, and is in `broken`. */
function whatIsReadable(component: DraftComponent): ProposedComponent {
  const { id, amountMinor, capPerCustomerMinor, capPerPeriodMinor, brackets, ratesByTier, rates, ...rest } = component;
  const read = {
    ...rest,
    kind: COMPONENT_KINDS.find((kind) => kind === component.kind),
    id: typeof id === 'string' ? id : undefined,
    amountMinor: amountOf(amountMinor),
    capPerCustomerMinor: amountOf(capPerCustomerMinor),
    capPerPeriodMinor: amountOf(capPerPeriodMinor),
    brackets: entriesOf(brackets)?.map(({ upTo, rateBps }) => ({
      upTo: upTo === null ? null : amountOf(upTo),
      rateBps,
    })),
    ratesByTier: ratesByTier === undefined ? undefined : isObject(ratesByTier) ? ratesByTier : {},
    rates: entriesOf(rates),
  };
  // What else is not of its type is held against rules that take any value, which tell of the place that is told already.
  return read as ProposedComponent;
}

function amountOf(value: unknown): bigint | undefined {
  return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
}

function entriesOf(value: unknown): readonly DraftComponent[] | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.map((entry: unknown) => (isObject(entry) ? entry : {})) : [];
}

function isObject(value: unknown): value is DraftComponent {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
