import * as z from 'zod';
import { clock, partners, partnersTable } from '#functions/partners/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeTierHint } from '#shared/application/partners/tiers/hint-names';

const { MONEY_TABLE: tableName } = readEnvironment(z.object({ MONEY_TABLE: z.string() }));

/** What is said to those who give a partner a tier. */
export const hintOfTier = makeTierHint({
  ...{ partners, clock },
  schemes: makeTierSchemes(partnersTable),
  plans: makePlanReader({ documents, tableName }),
});
