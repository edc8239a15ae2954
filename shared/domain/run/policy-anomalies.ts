import { canonicalJson, type Plain } from '../audit/canonical-json.ts';
import type { Currency } from '../money/money.ts';
import type { RunAnomaly } from './payout-run.ts';
import { controlsAnomalies } from './run-summary.ts';

/** A policy's sections, such as `approvals`, each with its rules. */
type Policy = { readonly [section: string]: object };

/** By person, which rules of the payout policy were changed: names alone, the changes themselves are kept. */
export function policyAnomalies(
  changes: readonly {
    readonly by: string;
    readonly onBehalfOf?: string | undefined;
    readonly before: Policy;
    readonly after: Policy;
  }[],
  currency: Currency,
): readonly RunAnomaly[] {
  const named = changes.map((change) => ({
    ...change,
    before: rulesOf(change.before),
    after: rulesOf(change.after),
  }));
  return controlsAnomalies(named, currency).map((anomaly) => ({ ...anomaly, kind: 'policy_changed' as const }));
}

/** Each rule by its name within the policy, as one text: lists are compared by what they hold. */
function rulesOf(policy: Policy): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(policy).flatMap(([section, rules]) =>
      Object.entries(rules).map(([name, rule]) => [`${section}.${name}`, canonicalJson(rule as Plain)]),
    ),
  );
}
