import type { ApiKeyStore, PeopleReader } from '#shared/application/partners/ports';
import type { PartnerNames } from '#shared/application/payouts/statements/export-statement-reading';
import type { ProgramReader } from '#shared/application/programs';
import type { KnownPerson, PeopleDirectory } from './people-ports.ts';

export type NameView = {
  readonly id: string;
  readonly kind: 'person' | 'api_key' | 'system' | 'partner';
  readonly name: string;
  /** Of a partner's person, and of a partner. */
  readonly partnerId?: string | undefined;
};

/** Who wants to know: staff of the programme, or people who act for these partners alone. */
export type NameReader = 'staff' | { readonly partnerIds: readonly string[]; readonly isSelf: (id: string) => boolean };

type Dependencies = {
  readonly directory: Pick<PeopleDirectory, 'find'>;
  readonly people: PeopleReader;
  readonly apiKeys: Pick<ApiKeyStore, 'byId'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly partners: PartnerNames;
};

const SYSTEM_NAME = 'Tallystick';

/**
 * What principal ids of a programme's records are called. Staff reads names, else addresses; of people that were never seen in this
 * programme it reads nothing. A partner reads its own people, and one label for everybody of the programme.
 * @throws Failure unknown_program
 */
export function makeListNames({ directory, people, apiKeys, programs, partners }: Dependencies) {
  return async (programId: string, ids: readonly string[], reader: NameReader): Promise<readonly NameView[]> => {
    const program = await programs.get(programId);
    const wanted = [...new Set(ids)];
    const known = new Map(
      (await directory.find(wanted.filter((id) => id.startsWith('person:')))).map((person) => [person.id, person]),
    );
    const team = `${program.name} partner team`;
    const views = await Promise.all(
      wanted.map(async (id): Promise<NameView | undefined> => {
        if (id.startsWith('partner:')) return partnerView(id, programId, reader);
        if (id.startsWith('system:')) return { id, kind: 'system', name: SYSTEM_NAME };
        const isKey = id.startsWith('key:');
        if (reader !== 'staff') return forPartner(id, isKey, known.get(id), { programId, team, reader });
        return isKey ? keyView(id, programId) : staffView(id, known.get(id), programId);
      }),
    );
    return views.filter((view) => view !== undefined);
  };

  async function partnerView(id: string, programId: string, reader: NameReader): Promise<NameView | undefined> {
    const partnerId = id.slice('partner:'.length);
    if (reader !== 'staff' && !reader.partnerIds.includes(partnerId)) return undefined;
    const name = await partners.name(programId, partnerId);
    return name === undefined ? undefined : { id, kind: 'partner', name, partnerId };
  }

  async function keyView(id: string, programId: string): Promise<NameView | undefined> {
    const key = await apiKeys.byId(id.slice('key:'.length));
    if (!key || (key.programId !== undefined && key.programId !== programId)) return undefined;
    return { id, kind: 'api_key', name: key.name };
  }

  async function staffView(
    id: string,
    person: KnownPerson | undefined,
    programId: string,
  ): Promise<NameView | undefined> {
    if (!person) return undefined;
    const name = nameOf(person);
    const partner = person.partnerOf.find((one) => one.programId === programId);
    const isStaff = person.staffOf.includes('*') || person.staffOf.includes(programId);
    if (isStaff) return { id, kind: 'person', name };
    if (partner) return { id, kind: 'person', name, partnerId: partner.partnerId };
    // A role that was given since the person last signed in.
    const grants = person.emailHash === undefined ? [] : await people.grantsByEmailHash(person.emailHash);
    const grant = grants.find((one) => one.programId === programId);
    if (!grant) return undefined;
    return { id, kind: 'person', name, ...('partnerId' in grant ? { partnerId: grant.partnerId } : {}) };
  }
}

function forPartner(
  id: string,
  isKey: boolean,
  person: KnownPerson | undefined,
  { programId, team, reader }: { programId: string; team: string; reader: Exclude<NameReader, 'staff'> },
): NameView {
  const own = person?.partnerOf.find((one) => one.programId === programId && reader.partnerIds.includes(one.partnerId));
  const isStaff = person && (person.staffOf.includes('*') || person.staffOf.includes(programId));
  if (person && (reader.isSelf(id) || (own && !isStaff))) {
    return { id, kind: 'person', name: nameOf(person), ...(own ? { partnerId: own.partnerId } : {}) };
  }
  return { id, kind: isKey ? 'api_key' : 'person', name: team };
}

function nameOf({ name, email }: KnownPerson): string {
  return name ?? email ?? 'Without a name';
}
