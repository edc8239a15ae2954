import { ApiProblem } from '#functions/console/web/api';
import { FieldProblem, type Form } from '#functions/console/web/form';
import type { Visit } from '#functions/console/web/page';

/** Below it are all pages of a programme. */
export const BASE = '/console/programs/{programId}';

export function baseOf({ programme }: Pick<Visit, 'programme'>): string {
  return `/console/programs/${encodeURIComponent(programme.programId)}`;
}

/** What is not in a list: answered like an address that leads nowhere. */
export function notThere(): ApiProblem {
  return new ApiProblem(404, { code: 'not_found', detail: 'There is nothing at this address.' });
}

/** What cannot be taken back is done only by whoever says so: a box to tick, which works without script. @throws FieldProblem */
export function requireSure(form: Form): void {
  if (!form.isOn('sure')) throw new FieldProblem('sure', 'must be ticked before it is done');
}
