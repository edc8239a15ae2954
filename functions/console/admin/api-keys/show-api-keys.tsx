import { ShownOnce } from '#console/admin/shown-once';
import { Choices, Field, Form, Submit } from '#console/ui/form';
import { Badge, ButtonLink, Card, Empty, Pager, Stack, Table, Time } from '#console/ui/parts';
import { BASE, baseOf } from '#functions/console/admin/admin-paths';
import { namesOf } from '#functions/console/web/names';
import { type Action, defineAction, definePage, type Page, view } from '#functions/console/web/page';
import { createApiKeyRoute } from '#shared/contracts/partners/create-api-key';
import { listApiKeysRoute } from '#shared/contracts/partners/list-api-keys';

const A_PAGE = 100;

/** The keys of this programme and of the whole installation, and the form that makes one. */
export const showApiKeys: Page = definePage({
  name: 'show-api-keys',
  path: `${BASE}/api-keys`,
  access: ['admin'],
  show: async (visit) => {
    const { api, format, me, programme, query } = visit;
    const page = await api.call(listApiKeysRoute, {
      query: { cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    const keys = page.items
      .filter(({ programId }) => programId === undefined || programId === programme.programId)
      .sort(
        (a, b) =>
          Number(a.revokedAt !== undefined) - Number(b.revokedAt !== undefined) || (a.createdAt < b.createdAt ? 1 : -1),
      );
    const names = await namesOf(visit, { people: keys.map(({ createdBy }) => createdBy) });
    const isInstallationAdmin = me.installationRoles.includes('admin');
    return view({
      title: 'API keys',
      lead: 'By an API key your own systems record sales and refunds. A key is shown once, when it is made.',
      body: (
        <Stack>
          <Card flush>
            {keys.length === 0 ? (
              <Empty icon="key" title="No API key yet">
                Your shop needs one to record sales. Make it below.
              </Empty>
            ) : (
              <Table
                caption="API keys"
                rows={keys}
                keyOf={({ keyId }) => keyId}
                columns={[
                  {
                    label: 'Key',
                    cell: ({ name, programId }) => (
                      <>
                        {name}
                        <div class="text-secondary">
                          {programId === undefined ? 'Every programme' : 'This programme'}
                        </div>
                      </>
                    ),
                  },
                  { label: 'May', cell: ({ role }) => (role === 'admin' ? 'Administer' : 'Record sales') },
                  {
                    label: 'Made',
                    isMinor: true,
                    cell: ({ createdAt, createdBy }) => (
                      <>
                        <Time at={createdAt} format={format} as="day" />
                        <div class="text-secondary">by {names.person(createdBy)}</div>
                      </>
                    ),
                  },
                  {
                    label: 'State',
                    cell: ({ keyId, name, revokedAt }) =>
                      revokedAt === undefined ? (
                        <>
                          <Badge tone="good">Works</Badge>{' '}
                          <a href={`${baseOf(visit)}/api-keys/${keyId}/revoke`} aria-label={`Revoke ${name}`}>
                            Revoke
                          </a>
                        </>
                      ) : (
                        <>
                          <Badge tone="plain">Revoked</Badge>{' '}
                          <span class="text-secondary">
                            <Time at={revokedAt} format={format} as="day" />
                          </span>
                        </>
                      ),
                  },
                ]}
              />
            )}
            <Pager address={visit.address} nextCursor={page.nextCursor} />
          </Card>
          <Card title="Make an API key">
            <Form visit={visit} action={createApiKey}>
              <Field
                visit={visit}
                action={createApiKey}
                name="name"
                label="Name"
                required
                maxLength={140}
                hint="What uses it, such as “Shop backend”. One key for each system, so that one can be revoked without the others."
              />
              <Choices
                visit={visit}
                action={createApiKey}
                name="role"
                label="What it may do"
                type="radio"
                chosen={['merchant']}
                options={[
                  ['merchant', 'Record sales', 'Sends sales and refunds, redeems codes, reads what it recorded.'],
                  [
                    'admin',
                    'Administer',
                    'Enrols partners, makes plans and links. It approves nothing and gives no roles: that takes a person.',
                  ],
                ]}
              />
              {isInstallationAdmin ? (
                <Choices
                  visit={visit}
                  action={createApiKey}
                  name="reach"
                  label="Where"
                  type="radio"
                  chosen={['programme']}
                  options={[
                    ['programme', `In ${programme.name} alone`],
                    ['everywhere', 'In every programme, also in those to come'],
                  ]}
                />
              ) : null}
              <Submit>Make the key</Submit>
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

export const createApiKey: Action = defineAction({
  name: 'create-api-key',
  path: `${BASE}/api-keys`,
  access: ['admin'],
  page: showApiKeys,
  send: async (visit, form, idempotencyKey) => {
    const { programId } = visit.programme;
    const made = await visit.api.call(createApiKeyRoute, {
      body: {
        name: form.text('name'),
        role: form.text('role') as 'merchant' | 'admin',
        ...(form.optional('reach') === 'everywhere' ? {} : { programId }),
      },
      idempotencyKey,
    });
    return view({
      title: `The key “${made.name}” is made`,
      trail: [['API keys', `${baseOf(visit)}/api-keys`]],
      body: (
        <Card>
          <ShownOnce label="API key" secret={made.apiKey} />
          <p class="mt-3">
            Send it as <code>Authorization: Bearer …</code>. The <a href="/openapi.json">API description</a> says what
            there is.
          </p>
          <ButtonLink href={`${baseOf(visit)}/api-keys`}>I have copied it</ButtonLink>
        </Card>
      ),
    });
  },
});
