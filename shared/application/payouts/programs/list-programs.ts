import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';

export type ListPrograms = (input: {
  /** `all`, or the ids the caller was granted. */
  readonly visible: 'all' | readonly string[];
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<Program>>;

/** Lists the programmes the caller may see, in order of id. @throws Failure invalid_request (cursor) */
export function makeListPrograms(deps: { programs: Pick<ProgramStore, 'list'> }): ListPrograms {
  return ({ visible, cursor, limit }) =>
    deps.programs.list({ cursor, limit, among: visible === 'all' ? undefined : visible });
}
