import { listNamesRoute } from '#shared/contracts/partners/people/list-names';
import type { Visit } from './page.ts';

/** As many as one call takes. */
const IDS_A_CALL = 50;
/** Ids are long and say nothing to people. */
const SHORT_ID_LENGTH = 8;

export type NamesOf = {
  /** Of a principal id (`person:...`, `key:...`, `system:...`); "you" of whoever looks. */
  readonly person: (id: string | undefined) => string;
  /** Of a partner id. */
  readonly partner: (partnerId: string) => string;
};

/** What the people, keys and partners of a page are called, in one call for each fifty. Who has no name keeps a short id. */
export async function namesOf(
  visit: Pick<Visit, 'api' | 'programme' | 'me'>,
  wanted: { readonly people?: readonly (string | undefined)[]; readonly partners?: readonly string[] },
): Promise<NamesOf> {
  const ids = [
    ...(wanted.people ?? []).filter((id) => id !== undefined && /^(person|key):/.test(id)),
    ...(wanted.partners ?? []).map((partnerId) => `partner:${partnerId}`),
  ];
  const unique = [...new Set(ids)];
  const chunks = Array.from({ length: Math.ceil(unique.length / IDS_A_CALL) }, (_, at) =>
    unique.slice(at * IDS_A_CALL, (at + 1) * IDS_A_CALL),
  );
  const params = { programId: visit.programme.programId };
  const answers = await Promise.all(
    chunks.map((chunk) => visit.api.maybe(listNamesRoute, { params, query: { ids: chunk.join(',') } })),
  );
  const known = new Map(answers.flatMap((answer) => answer?.items ?? []).map(({ id, name }) => [id, name]));
  return {
    person: (id) => {
      if (id === undefined) return 'somebody';
      if (id === visit.me.id) return `${known.get(id) ?? visit.me.name ?? visit.me.email ?? 'you'} (you)`;
      if (!/^(person|key):/.test(id)) return 'Tallystick';
      return known.get(id) ?? `somebody (${id.replace(/^\w+:/, '').slice(0, SHORT_ID_LENGTH)})`;
    },
    partner: (partnerId) => known.get(`partner:${partnerId}`) ?? partnerId,
  };
}
