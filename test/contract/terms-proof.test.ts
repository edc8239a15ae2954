import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { componentsKey, type Key, termsKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makeTermsProof, type TermsProof } from '#shared/adapters/dynamodb/partners/terms-proof';
import { makeAssignTier } from '#shared/application/partners/assign-tier';
import { makeRecordCertification } from '#shared/application/partners/record-certification';
import { makeRevokeCertification } from '#shared/application/partners/training/revoke-certification';
import { A_TEXT, anAgreementHouse, OWN_COMPONENTS } from '#test/support/builders/agreements';
import { instant } from '#test/support/builders/partners';
import { makeMemoryPartners } from '#test/support/fakes/partner-store';
import { makeFakeTierSchemes } from '#test/support/fakes/tier-schemes';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

type Item = Record<string, unknown>;

const P3 = { partnerId: 'p3' };
/** The third version that p3 was offered: the numbers of custom terms go by it. */
const CUSTOM = 1_000_003;

let table: PartnersTable;
let proof: TermsProof;

/** A partner whose versions were recorded, accepted, renewed, terminated and cancelled, and whose tier was raised. */
beforeAll(async () => {
  table = await aPartnersTable();
  proof = makeTermsProof({ ...table, digest });
  const store = makePartnerStore(table);
  const house = await anAgreementHouse({ ...makeMemoryPartners(), store, terms: makePartnerTermsReader(table) });
  await house.enrol({ startsAt: instant('2026-01-01T00:00:00Z') });
  const term = { termMonths: 6, renewal: 'by_agreement', startsAt: instant('2026-04-01T00:00:00Z') } as const;
  const { termsHash } = await house.amend({ ...P3, ...term, text: A_TEXT, components: OWN_COMPONENTS });
  await house.accept({ ...P3, termsHash });
  await house.renew(P3);
  await house.amend({ ...P3, agreementId: 'a3', startsAt: instant('2026-06-01T00:00:00Z') });
  const deps = house.deps();
  const tier = { programId: 'acme', ...P3, tierTermId: 't1', tier: 'select', reason: 'Strategy', by: 'person:manager' };
  await makeAssignTier({ ...deps, schemes: makeFakeTierSchemes() })({ ...tier, from: instant('2026-04-01T00:00:00Z') });
  const certifying = { ...deps, clock: () => Date.parse('2026-12-01T00:00:00Z') };
  const certified = { ...P3, programId: 'acme', certification: 'basics', by: 'person:manager' };
  for (const certificationId of ['c1', 'c2']) {
    const certifiedAt = instant('2026-01-01T00:00:00Z');
    await makeRecordCertification(certifying)({ ...certified, certificationId, certifiedAt });
  }
  await makeRevokeCertification(certifying)({ ...certified, certificationId: 'c2', reason: 'By mistake' });
  house.at(instant('2026-04-02T00:00:00Z'));
  await house.terminate({ ...P3, agreementId: 'a2', cause: 'mutual', endsAt: instant('2026-05-01T00:00:00Z') });
});
afterAll(() => table?.stop());

const faults = (): Promise<string[]> =>
  proof
    .faults('acme', 'p3')
    .then((found) => found.map(({ field, stored, expected }) => `${field}: ${stored} / ${expected}`));

async function faultsWith(key: Key, change: (item: Item) => Item | undefined): Promise<string[]> {
  const at = { TableName: table.tableName };
  const { Item: item } = await table.documents.send(new GetCommand({ ...at, Key: key }));
  if (!item) throw new Error(`nothing is stored at ${key.pk} ${key.sk}`);
  await table.documents.send(new PutCommand({ ...at, Item: change(structuredClone(item)) }));
  const found = await faults();
  await table.documents.send(new PutCommand({ ...at, Item: item }));
  return found;
}

const TERMS = termsKey('acme', 'p3');
type Version = Item & { agreementId: string };
const withVersions = (change: (versions: Version[]) => Version[]) => (item: Item) => ({
  ...item,
  agreements: change(item.agreements as Version[]),
});
const withTiers = (change: (tiers: Item[]) => Item[]) => (item: Item) => ({
  ...item,
  tiers: change(item.tiers as Item[]),
});

describe('the terms of a partner', () => {
  it('are those that their records lead to, whatever was done with them', async () => {
    expect(await faults()).toEqual([]);
    const { Item = {} } = await table.documents.send(new GetCommand({ TableName: table.tableName, Key: TERMS }));
    expect((Item.agreements as Version[]).map(({ agreementId }) => agreementId)).toEqual(['enrolment', 'a2']);
  });

  it('are named when components were changed after they were accepted', async () => {
    const components = componentsKey('acme', 'p3', CUSTOM);
    const raised = await faultsWith(components, (item) => ({
      ...item,
      components: String(item.components).replace('2000', '3000'),
    }));
    expect(raised).toEqual([expect.stringMatching(/^agreement a2, componentsHash: [0-9a-f]{64} \/ [0-9a-f]{64}$/)]);
  });

  it('are named when a version was moved, lengthened, given another plan, slipped in, brought back or taken out', async () => {
    const change = (name: string, value: unknown) =>
      faultsWith(
        TERMS,
        withVersions((all) => all.map((one) => (one.agreementId === 'a2' ? { ...one, [name]: value } : one))),
      );
    expect(await change('from', '2026-03-01T00:00:00.000Z')).toEqual([
      'agreement a2, from: 2026-03-01T00:00:00.000Z / 2026-04-01T00:00:00.000Z',
    ]);
    expect(await change('endsAt', '2029-05-01T00:00:00.000Z')).toEqual([
      'agreement a2, endsAt: 2029-05-01T00:00:00.000Z / 2026-05-01T00:00:00.000Z',
    ]);
    expect(await change('renewedMonths', 60)).toEqual(['agreement a2, renewedMonths: 60 / 6']);
    expect((await change('planVersion', 1)).at(0)).toBe(`agreement a2, planVersion: 1 / ${CUSTOM}`);

    const slipped = withVersions((all) => [...all, { ...all[0], agreementId: 'x' } as Version]);
    expect(await faultsWith(TERMS, slipped)).toEqual([expect.stringMatching(/^agreement x: .* \/ nothing$/)]);
    const back = withVersions((all) => [...all, { ...all[0], agreementId: 'a3' } as Version]);
    expect(await faultsWith(TERMS, back)).toEqual(['agreement a3: counts / cancelled']);
    const without = withVersions((all) => all.filter(({ agreementId }) => agreementId !== 'a2'));
    expect(await faultsWith(TERMS, without)).toEqual([expect.stringMatching(/^agreement a2: missing \/ \{/)]);
  });

  it('are named when a tier was changed, slipped in or taken out', async () => {
    const raised = withTiers((tiers) => tiers.map((tier) => ({ ...tier, tier: 'select' })));
    expect(await faultsWith(TERMS, raised)).toEqual(['tier enrolment, tier: select / referral']);
    const slipped = withTiers((tiers) => [...tiers, { ...tiers[0], tierTermId: 'x' }]);
    expect(await faultsWith(TERMS, slipped)).toEqual([expect.stringMatching(/^tier x: referral from .* \/ nothing$/)]);
    const without = withTiers((tiers) => tiers.slice(0, 1));
    expect(await faultsWith(TERMS, without)).toEqual([expect.stringMatching(/^tier t1: missing \/ select from /)]);
  });

  it('are named when a certification was changed, slipped in, taken out, revoked or given back', async () => {
    type Held = Item & { certificationId: string };
    const change = (to: (held: Held[]) => Held[]) =>
      faultsWith(TERMS, (item) => ({ ...item, certifications: to(item.certifications as Held[]) }));
    const of = (id: string, more: Item) =>
      change((all) => all.map((one) => (one.certificationId === id ? { ...one, ...more } : one)));
    expect(await of('c1', { certification: 'strategic_fit' })).toEqual([
      'certification c1, certification: strategic_fit / basics',
    ]);
    expect(await of('c1', { revokedAt: '2026-12-01T00:00:00.000Z' })).toEqual([
      'certification c1, revokedAt: 2026-12-01T00:00:00.000Z / undefined',
    ]);
    expect(await of('c2', { revokedAt: undefined })).toEqual([
      'certification c2, revokedAt: undefined / 2026-12-01T00:00:00.000Z',
    ]);
    expect(await change((all) => [...all, { ...all[0], certificationId: 'x' } as Held])).toEqual([
      'certification x: basics / nothing',
    ]);
    expect(await change((all) => all.slice(1))).toEqual(['certification c1: missing / basics']);
  });

  it('are named when no close finds them, since they lie in no index', async () => {
    const hidden = ({ contractPk: _, contractSk: __, ...item }: Item) => item;
    expect(await faultsWith(TERMS, hidden)).toEqual([
      'index key contractPk: undefined / acme#PARTNERS',
      'index key contractSk: undefined / p3',
    ]);
  });
});
