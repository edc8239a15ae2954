import {
  downloadStatementCsv,
  downloadStatementPdf,
  showCalculation,
  showStatement,
} from '#console/statements/show-statement';
import { showStatements } from '#console/statements/show-statements';
import type { Action, Page } from '#functions/console/web/page';

export const statementPages: readonly (Page | Action)[] = [
  showStatements,
  showStatement,
  showCalculation,
  downloadStatementPdf,
  downloadStatementCsv,
];
