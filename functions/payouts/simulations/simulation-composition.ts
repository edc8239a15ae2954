import { bucket } from '#functions/payouts/paying/document-composition';
import { moneyTable } from '#functions/payouts/task-composition';
import { digest } from '#shared/adapters/digest';
import { makeSimulationFiles } from '#shared/adapters/documents/simulation-files';
import { makeSimulations } from '#shared/adapters/dynamodb/money/simulations/simulations';

/** What every step of a simulation keeps: its state in the table, its work and result in files. */
export const simulations = makeSimulations(moneyTable);
export const files = makeSimulationFiles({ documents: bucket, digest });
