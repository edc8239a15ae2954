import { railClients, railKeys } from '#functions/payouts/rails/rail-environment';
import { clock, moneyTable } from '#functions/payouts/task-composition';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { makeRailRequests } from '#shared/adapters/dynamodb/money/ledger/rail-requests';
import { makeRailChanges } from '#shared/adapters/dynamodb/money/programs/rail-changes';
import { makePayPalPayoutsRail } from '#shared/adapters/rails/paypal-payouts';
import { makeRailAccounts } from '#shared/adapters/rails/rail-accounts';
import { makeSandboxRail } from '#shared/adapters/rails/sandbox';
import { makeStripeConnectRail } from '#shared/adapters/rails/stripe-connect';
import type { Rails } from '#shared/application/payouts/paying/rail';

export const railAccounts = makeRailAccounts({
  changes: makeRailChanges(moneyTable),
  keys: railKeys,
  clients: railClients,
  clock,
});

const deps = { requests: makeRailRequests(moneyTable), digest, clock, log };

/** Every rail that is asked payout by payout, each from the account of the payout's programme. */
export const rails: Rails = {
  sandbox: makeSandboxRail({ ...moneyTable, clock }),
  stripe: makeStripeConnectRail({ ...deps, accountOf: railAccounts.stripe }),
  paypal: makePayPalPayoutsRail({ ...deps, accountOf: railAccounts.paypal }),
};
