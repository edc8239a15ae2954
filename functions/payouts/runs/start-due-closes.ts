import { clock, openRun, programReader, runs } from '#functions/payouts/composition';
import { log } from '#functions/runtime/log';
import { makeStartDueCloses } from '#shared/application/payouts/runs/start-due-closes';

const startDueCloses = makeStartDueCloses({
  programs: programReader,
  zone: programReader.zone,
  runs,
  openRun,
  clock,
  log,
});

/** Called every hour. */
export const handler = (): ReturnType<typeof startDueCloses> => startDueCloses();
