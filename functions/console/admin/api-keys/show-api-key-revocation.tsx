import { Form, Submit } from '#console/ui/form';
import { ButtonLink, Card, Facts, Time } from '#console/ui/parts';
import { BASE, baseOf, notThere } from '#functions/console/admin/admin-paths';
import { namesOf } from '#functions/console/web/names';
import {
  type Action,
  defineAction,
  definePage,
  type Page,
  redirect,
  type Visit,
  view,
} from '#functions/console/web/page';
import { listApiKeysRoute } from '#shared/contracts/partners/list-api-keys';
import { revokeApiKeyRoute } from '#shared/contracts/partners/revoke-api-key';

const A_PAGE = 100;
/** Keys are found in the list: more pages than these nobody has. */
const MAX_PAGES = 10;

/** What revoking a key means, before it is done. */
export const showApiKeyRevocation: Page = definePage({
  name: 'show-api-key-revocation',
  path: `${BASE}/api-keys/{keyId}/revoke`,
  access: ['admin'],
  show: async (visit) => {
    const key = await keyOf(visit);
    if (!key) throw notThere();
    const names = await namesOf(visit, { people: [key.createdBy] });
    return view({
      title: `Revoke “${key.name}”`,
      trail: [['API keys', `${baseOf(visit)}/api-keys`]],
      body: (
        <Card>
          <Facts
            rows={[
              ['May', key.role === 'admin' ? 'Administer' : 'Record sales'],
              ['Where', key.programId === undefined ? 'Every programme' : visit.programme.name],
              ['Made', <Time key="made" at={key.createdAt} format={visit.format} />],
              ['Made by', names.person(key.createdBy)],
            ]}
          />
          <p class="mt-3">
            Whatever uses this key is refused within half a minute, for ever. Sales that it recorded stay. If it is in
            use, make another key first and put it there.
          </p>
          <Form visit={visit} action={revokeApiKey}>
            <div class="btn-list">
              <Submit tone="danger">Revoke the key</Submit>
              <ButtonLink href={`${baseOf(visit)}/api-keys`}>Keep it</ButtonLink>
            </div>
          </Form>
        </Card>
      ),
    });
  },
});

export const revokeApiKey: Action = defineAction({
  name: 'revoke-api-key',
  path: `${BASE}/api-keys/{keyId}/revoke`,
  access: ['admin'],
  page: showApiKeyRevocation,
  send: async (visit) => {
    const { name } = await visit.api.call(revokeApiKeyRoute, { params: { keyId: visit.params.keyId ?? '' } });
    return redirect(`${baseOf(visit)}/api-keys`, `“${name}” works no more within half a minute.`);
  },
});

async function keyOf({ api, params, programme }: Visit) {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { items, nextCursor } = await api.call(listApiKeysRoute, { query: { cursor, limit: A_PAGE } });
    const found = items.find(({ keyId }) => keyId === params.keyId);
    if (found) return found.programId === undefined || found.programId === programme.programId ? found : undefined;
    if (nextCursor === undefined) return undefined;
    cursor = nextCursor;
  }
  return undefined;
}
