import { describe, expect, it } from 'vitest';
import { changePerson } from '#console/admin/people/show-person';
import { formOf } from '#functions/console/web/form';
import type { Visit } from '#functions/console/web/page';

describe('the form of a person', () => {
  const send = async (now: readonly string[], fields: Readonly<Record<string, readonly string[]>>) => {
    const bodies: unknown[] = [];
    const api = {
      call: async ({ name }: { name: string }, { body }: { body?: unknown }) => {
        if (name === 'list-people') return { items: [{ personId: 'p1', roles: now }] };
        bodies.push(body);
        return { name: 'Anna' };
      },
    };
    const data = new FormData();
    for (const [field, values] of Object.entries(fields)) for (const value of values) data.append(field, value);
    const visit = { api, params: { personId: 'p1' }, programme: { programId: 'acme' } } as unknown as Visit;
    await changePerson.send(visit, formOf(data), 'key');
    return bodies;
  };

  it('gives the roles that are ticked', async () => {
    const roles = ['finance', 'approver'];
    expect(await send(['finance'], { shown: ['finance'], roles })).toEqual([{ roles }]);
    expect(await send(roles, { shown: roles, roles: ['approver'] })).toEqual([{ roles: ['approver'] }]);
  });

  it('gives back no role that somebody else has taken since the form was shown', async () => {
    const shown = ['finance', 'partner_manager'];
    expect(await send(['partner_manager'], { shown, roles: [...shown, 'approver'] })).toEqual([
      { roles: ['approver', 'partner_manager'] },
    ]);
  });
});
