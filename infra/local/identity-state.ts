import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Store } from './store.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS identity_state (
    model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, grant_id TEXT, uid TEXT, expires_at INTEGER NOT NULL,
    PRIMARY KEY (model, id)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS identity_state_by_grant ON identity_state (grant_id);
`;
const MS_PER_SECOND = 1_000;
/** Longer than anything that is kept. */
const FOR_EVER_SECONDS = 400 * 86_400;

/** What the provider keeps between requests, in the host's own file: whoever is signed in stays so over a restart. */
export function makeIdentityState({ db }: Store): (model: string) => Adapter {
  db.exec(SCHEMA);
  db.prepare('DELETE FROM identity_state WHERE expires_at <= ?').run(Date.now());
  const put = db.prepare(
    'INSERT OR REPLACE INTO identity_state (model, id, payload, grant_id, uid, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const byId = db.prepare('SELECT payload FROM identity_state WHERE model = ? AND id = ? AND expires_at > ?');
  const byUid = db.prepare('SELECT payload FROM identity_state WHERE model = ? AND uid = ? AND expires_at > ?');
  const change = db.prepare('UPDATE identity_state SET payload = json_set(payload, ?, ?) WHERE model = ? AND id = ?');
  const remove = db.prepare('DELETE FROM identity_state WHERE model = ? AND id = ?');
  const removeGrant = db.prepare('DELETE FROM identity_state WHERE grant_id = ?');
  const read = (row: Record<string, unknown> | undefined): AdapterPayload | undefined =>
    row && (JSON.parse(String(row.payload)) as AdapterPayload);
  return (model) => ({
    async upsert(id, payload, expiresIn = FOR_EVER_SECONDS) {
      const { grantId, uid } = payload;
      put.run(model, id, JSON.stringify(payload), grantId ?? null, uid ?? null, Date.now() + expiresIn * MS_PER_SECOND);
    },
    find: async (id) => read(byId.get(model, id, Date.now())),
    findByUid: async (uid) => read(byUid.get(model, uid, Date.now())),
    // Of devices, which this provider does not sign in.
    findByUserCode: async () => undefined,
    async consume(id) {
      change.run('$.consumed', Math.floor(Date.now() / MS_PER_SECOND), model, id);
    },
    async destroy(id) {
      remove.run(model, id);
    },
    async revokeByGrantId(grantId) {
      removeGrant.run(grantId);
    },
  });
}
