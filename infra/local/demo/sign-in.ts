import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { makeApiClient } from '../../api-client.ts';

/** What a person or a test needs to talk to the local stack; written to `endpoints.json` in the data folder. */
const endpointsSchema = z.object({
  apiUrl: z.string(),
  consoleUrl: z.string(),
  mailboxUrl: z.string(),
  dynamodbUrl: z.string(),
  /** A data folder of an earlier version has none until it is started again. */
  signIn: z.object({ url: z.string(), password: z.string() }).optional(),
  apiKeys: z.object({ admin: z.string(), merchant: z.string() }),
  people: z.array(z.object({ email: z.string(), role: z.string(), token: z.string() })),
});
export type Endpoints = z.output<typeof endpointsSchema>;

export type MintToken = (person: { email: string; groups: string[]; name?: string }) => Promise<string>;

const STAFF = [
  { email: 'admin@tallystick.example', role: 'admin', name: 'Amina Haddad' },
  { email: 'manager@tallystick.example', role: 'partner_manager', name: 'Marc Lindqvist' },
  { email: 'finance@tallystick.example', role: 'finance', name: 'Fiona Brandt' },
  { email: 'first.approver@tallystick.example', role: 'approver', name: 'Farid Osei' },
  { email: 'second.approver@tallystick.example', role: 'approver', name: 'Sofia Costa' },
] as const;

/** Who acts for the demo's partner. */
const PARTNER_NAME = 'Greta Vogel';

/** Signs the demo people in, makes the two API keys on the first start and writes the file, readable by its owner only. */
export async function writeEndpoints(
  dataDir: string,
  host: {
    apiUrl: string;
    mailboxUrl: string;
    dynamodbUrl: string;
    signIn: { url: string; password: string };
    mintToken: MintToken;
  },
  partnerEmails: readonly string[],
): Promise<Endpoints> {
  const file = join(dataDir, 'endpoints.json');
  const staff = await Promise.all(
    STAFF.map(async ({ email, role, name }) => ({
      email,
      role,
      token: await host.mintToken({ email, groups: [role], name }),
    })),
  );
  const partners = await Promise.all(
    partnerEmails.map(async (email) => ({
      email,
      role: 'partner',
      token: await host.mintToken({ email, groups: [], name: PARTNER_NAME }),
    })),
  );
  const admin = staff.find((person) => person.role === 'admin');
  if (!admin) throw new Error('the demo people lack an admin');
  const endpoints: Endpoints = {
    apiUrl: host.apiUrl,
    consoleUrl: `${host.apiUrl}/console`,
    mailboxUrl: host.mailboxUrl,
    dynamodbUrl: host.dynamodbUrl,
    signIn: host.signIn,
    apiKeys: (await workingKeys(file, host.apiUrl)) ?? (await createKeys(host.apiUrl, admin.token)),
    people: [...staff, ...partners],
  };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(endpoints, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
  return endpoints;
}

/**
 * Signs a person in now, as a change of bank details asks for; the tokens of the file are as old as the start.
 * @throws Error with what to do when there is no stack, or it does not answer
 */
export async function signInAgain(dataDir: string, email: string): Promise<string> {
  const file = join(dataDir, 'endpoints.json');
  if (!existsSync(file))
    throw new Error(`There is no ${file}: start a local stack there first, or name another folder by --data.`);
  const { signIn } = endpointsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (!signIn) throw new Error(`${file} is of an earlier version: stop the local stack and start it again.`);
  const answer = await fetch(signIn.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: signIn.password }),
  }).catch(() => undefined);
  if (!answer) throw new Error(`Nothing answers at ${signIn.url}: start the local stack of ${dataDir} again.`);
  if (!answer.ok)
    throw new Error(`${signIn.url} answered ${answer.status}: start the local stack of ${dataDir} again.`);
  return z.object({ token: z.string() }).parse(await answer.json()).token;
}

async function workingKeys(file: string, apiUrl: string): Promise<Endpoints['apiKeys'] | undefined> {
  if (!existsSync(file)) return undefined;
  const stored = endpointsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!stored.success) return undefined;
  const { apiKeys } = stored.data;
  try {
    await makeApiClient(apiUrl, apiKeys.admin).get('/v1/programs');
    return apiKeys;
  } catch {
    return undefined;
  }
}

async function createKeys(apiUrl: string, adminToken: string): Promise<Endpoints['apiKeys']> {
  const api = makeApiClient(apiUrl, adminToken);
  const make = async (role: 'admin' | 'merchant'): Promise<string> =>
    (await api.post<{ apiKey: string }>('/v1/api-keys', { name: `Local ${role}`, role })).apiKey;
  return { admin: await make('admin'), merchant: await make('merchant') };
}
