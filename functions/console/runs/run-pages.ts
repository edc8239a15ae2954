import { approveRun, rejectRun, showDecide } from '#console/runs/decide-run';
import { downloadBankFile } from '#console/runs/download-bank-file';
import { openRun, showOpenRun } from '#console/runs/open-run';
import { showRun } from '#console/runs/show-run';
import { holdPartner, showRunPartner } from '#console/runs/show-run-partner';
import { showRunPartners } from '#console/runs/show-run-partners';
import { showRuns } from '#console/runs/show-runs';
import type { Action, Page } from '#functions/console/web/page';

export const runPages: readonly (Page | Action)[] = [
  showRuns,
  showOpenRun,
  openRun,
  showRun,
  showRunPartners,
  showRunPartner,
  holdPartner,
  showDecide,
  approveRun,
  rejectRun,
  downloadBankFile,
];
