import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';

/** Programmes a person is granted by name are read one by one: more than this many is nobody's case. */
const MAX_NAMED = 200;

export type ListPrograms = (input: {
  /** `all`, or the ids the caller was granted. */
  readonly visible: 'all' | readonly string[];
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<Program>>;

/** Lists the programmes the caller may see, in order of id. */
export function makeListPrograms(deps: { programs: Pick<ProgramStore, 'get' | 'list'> }): ListPrograms {
  return async ({ visible, cursor, limit }) => {
    if (visible === 'all') return deps.programs.list({ cursor, limit });
    const ids = [...new Set(visible)].toSorted().slice(0, MAX_NAMED);
    const found = await Promise.all(ids.map((programId) => deps.programs.get(programId)));
    return { items: found.filter((program) => program !== undefined) };
  };
}
