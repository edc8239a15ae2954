import { Failure } from '#shared/application/failure';
import type { Grant, Identity } from '#shared/application/partners/authorize-request';
import type { ApiKeyStore } from '#shared/application/partners/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { compareText, type EpochMs, type Instant, toInstant } from '#shared/domain/time/instant';

/** More would not be looked through in a menu; the answer says that there are more. */
const MAX_PROGRAMS = 100;

export type WhoAsks = {
  readonly kind: 'person' | 'api_key';
  readonly id: string;
  readonly signedInAt?: EpochMs | undefined;
  readonly grants: readonly Grant[];
};

export type GrantView = {
  readonly programId: string;
  readonly programName: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly role: Grant['role'];
  readonly partnerId?: string | undefined;
  readonly partnerName?: string | undefined;
};

export type Me = {
  readonly kind: WhoAsks['kind'];
  readonly id: string;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly signedInAt?: Instant | undefined;
  readonly installationRoles: readonly Grant['role'][];
  readonly grants: readonly GrantView[];
  readonly moreProgramsExist: boolean;
};

type Dependencies = {
  readonly programs: Pick<ProgramReader, 'get'> & { list(): AsyncIterable<Program> };
  readonly partnerNames: { name(programId: string, partnerId: string): Promise<string | undefined> };
  readonly apiKeys: Pick<ApiKeyStore, 'byId'>;
};

/**
 * Who calls, and its roles by programme: roles in every programme as if they were given in each that there is. Address and name are
 * those of the token that the person came with.
 */
export function makeGetMe({ programs, partnerNames, apiKeys }: Dependencies) {
  const named = async (programIds: readonly string[]): Promise<readonly Program[]> => {
    const found = await Promise.all(
      programIds.map(async (programId) => {
        try {
          return [await programs.get(programId)];
        } catch (error) {
          if (error instanceof Failure && error.code === 'unknown_program') return [];
          throw error;
        }
      }),
    );
    return found.flat();
  };
  const everyProgram = async (): Promise<readonly Program[]> => {
    const found: Program[] = [];
    for await (const program of programs.list()) {
      found.push(program);
      if (found.length > MAX_PROGRAMS) break;
    }
    return found;
  };

  return async (caller: WhoAsks, identity?: Pick<Identity, 'verifiedEmail' | 'name'>): Promise<Me> => {
    const installationRoles = caller.grants.flatMap(({ programId, role }) => (programId === '*' ? [role] : []));
    const own = [...new Set(caller.grants.map(({ programId }) => programId))].filter((id) => id !== '*');
    const direct = await named(own.slice(0, MAX_PROGRAMS));
    const known = new Set(direct.map(({ programId }) => programId));
    const others = installationRoles.length > 0 ? await everyProgram() : [];
    const all = [...direct, ...others.filter(({ programId }) => !known.has(programId))];
    const shown = all.slice(0, MAX_PROGRAMS);
    const grants = await Promise.all(
      shown.flatMap((program) => grantsIn(program, caller.grants)).map((grant) => withPartnerName(grant)),
    );
    const key = caller.kind === 'api_key' ? await apiKeys.byId(caller.id.slice('key:'.length)) : undefined;
    return {
      kind: caller.kind,
      id: caller.id,
      email: identity?.verifiedEmail,
      name: key?.name ?? identity?.name,
      signedInAt: caller.signedInAt === undefined ? undefined : toInstant(caller.signedInAt),
      installationRoles,
      grants: grants.sort((a, b) => compareText(a.programName, b.programName) || compareText(a.programId, b.programId)),
      moreProgramsExist: all.length > MAX_PROGRAMS || own.length > MAX_PROGRAMS,
    };
  };

  async function withPartnerName(grant: GrantView): Promise<GrantView> {
    if (grant.partnerId === undefined) return grant;
    return { ...grant, partnerName: await partnerNames.name(grant.programId, grant.partnerId) };
  }
}

/** Each role once: somebody may have it in every programme and in this one. */
function grantsIn({ programId, name, currency, timeZone }: Program, grants: readonly Grant[]): readonly GrantView[] {
  const found = new Map<string, GrantView>();
  for (const { programId: where, role, partnerId } of grants) {
    if (where !== '*' && where !== programId) continue;
    found.set(`${role}~${partnerId ?? ''}`, { programId, programName: name, currency, timeZone, role, partnerId });
  }
  return [...found.values()];
}
