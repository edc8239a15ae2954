import type * as z from 'zod';
import { baseOf } from '#functions/console/admin/admin-paths';
import type { Visit } from '#functions/console/web/page';
import type { listProgramChangesRoute } from '#shared/contracts/payouts/programs/list-program-changes';
import type { programSchema } from '#shared/contracts/payouts/programs/program';

export type Program = z.output<typeof programSchema>;
export type Changes = z.output<typeof listProgramChangesRoute.response>['items'];

type Place = { readonly section: string; readonly name: string };

/** What a setting is now; `undefined` where nothing is said. */
export function settingValue(program: Program, { section, name }: Place): unknown {
  const fields = (program as Readonly<Record<string, unknown>>)[section];
  return (fields as Readonly<Record<string, unknown>> | undefined)?.[name];
}

/** Who changed a setting last, and when. */
export function lastChangeOf(changes: Changes, { section, name }: Place): Changes[number] | undefined {
  return changes.find(({ fields }) => fields.some(({ field }) => field === `${section}.${name}`));
}

export function isSame(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

/** Not said and `null` are the same: the default. Members in one order. */
function textOf(value: unknown): string {
  return (
    JSON.stringify(value ?? null, (_name, inner: unknown) =>
      inner && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  );
}

export const settingsOf = (visit: Pick<Visit, 'programme'>): string => `${baseOf(visit)}/settings`;
