import type { PartnerTermsReader, PayeeOnRecord } from '#shared/application/partner-terms';
import type {
  AgreementRecord,
  AgreementWrites,
  ExclusivityRegister,
} from '#shared/application/partners/agreement-ports';
import type { PayeeNotice, RecordedPayee, SetPayee } from '#shared/application/partners/payee-ports';
import type {
  PartnerProfile,
  PartnerStore,
  PeopleReader,
  Standing,
  TierChange,
} from '#shared/application/partners/ports';
import type { TierStep } from '#shared/application/partners/tiers/tier-steps';
import type { PayeeChange, PayeeChangesReader } from '#shared/application/payee-changes';
import type { Component } from '#shared/domain/plan/plan';
import { compareText } from '#shared/domain/time/instant';
import type { FakeApplications } from '#test/support/fakes/applications';
import { fakeOpener } from '#test/support/fakes/payee-vault';
import { type MemoryTraining, makeMemoryTraining } from '#test/support/fakes/training';

export type MemoryPartners = {
  readonly store: PartnerStore;
  readonly terms: PartnerTermsReader;
  readonly people: PeopleReader;
  readonly payeeChanges: PayeeChangesReader;
  readonly training: MemoryTraining['store'];
  /** Every tier change in the order it was written. */
  readonly changes: readonly TierChange[];
  /** What reviews decided, in the order it was written. */
  readonly steps: readonly TierStep[];
  /** Saves tried and saves that were refused, for counting races. */
  readonly saves: { tried: number; stale: number };
};

/** The Partners table in memory: each write is whole or nothing, under the same conditions as the real one. */
export function makeMemoryPartners(applications?: Pick<FakeApplications, 'isStale' | 'put'>): MemoryPartners {
  const standings = new Map<string, Standing>();
  const profiles = new Map<string, PartnerProfile>();
  const payees = new Map<string, SetPayee>();
  const payeeNotices = new Map<string, PayeeNotice>();
  const changes: TierChange[] = [];
  const steps: TierStep[] = [];
  const payeeChanges = new Map<string, PayeeChange & { readonly programId: string }>();
  const texts = new Map<string, string>();
  const components = new Map<string, readonly Component[]>();
  const records: (AgreementRecord & { readonly partner: string })[] = [];
  const registers = new Map<string, ExclusivityRegister>();
  const saves = { tried: 0, stale: 0 };
  const training = makeMemoryTraining();
  const keyOf = (programId: string, partnerId: string): string => `${programId}/${partnerId}`;
  const partnersOf = (emailHash: string) =>
    [...profiles.values()]
      .filter((profile) => profile.emailHash === emailHash)
      .map(({ programId, partnerId }) => ({ programId, partnerId }))
      .sort((a, b) => compareText(`${a.programId}#${a.partnerId}`, `${b.programId}#${b.partnerId}`));
  const ordered = (programId: string, after: string | undefined): Standing[] =>
    [...standings.values()]
      .filter((standing) => standing.programId === programId && (after === undefined || standing.partnerId > after))
      .sort((a, b) => compareText(a.partnerId, b.partnerId));
  const putPayee = (programId: string, partnerId: string, payee: SetPayee): void => {
    payees.set(keyOf(programId, partnerId), payee);
    const { payeeId, changedBy: by, changedAt: at, usableFrom, onBehalfOf } = payee;
    const change = {
      ...{ programId, partnerId, by, at },
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
      ...(usableFrom === undefined ? {} : { usableFrom }),
    };
    payeeChanges.set(`${keyOf(programId, partnerId)}/${payeeId}`, change);
  };

  const registerOf = (programId: string): ExclusivityRegister =>
    registers.get(programId) ?? { version: 0, holdings: [] };
  const isRegisterStale = (programId: string, { register }: AgreementWrites): boolean =>
    register !== undefined && registerOf(programId).version !== register.version;
  const putAgreement = ({ programId, partnerId }: Standing, writes: AgreementWrites): void => {
    const partner = keyOf(programId, partnerId);
    if (writes.components) {
      components.set(`${partner}/${writes.components.planVersion}`, writes.components.components);
    }
    if (writes.text) texts.set(`${partner}/${writes.text.agreementId}`, writes.text.text);
    if (writes.record) records.push({ ...writes.record, partner });
    if (writes.register) registers.set(programId, { ...writes.register, version: writes.register.version + 1 });
    steps.push(...(writes.steps ?? []));
    if (writes.training) training.put({ programId, partnerId }, writes.training);
  };
  const actOf = (record: AgreementRecord): string => `${record.kind}#${'actId' in record ? record.actId : ''}`;

  const store: PartnerStore = {
    components: async (programId, partnerId, version) => components.get(`${keyOf(programId, partnerId)}/${version}`),
    agreementText: async (programId, partnerId, id) => texts.get(`${keyOf(programId, partnerId)}/${id}`),
    agreementRecords: async (programId, partnerId, agreementId) =>
      records
        .filter((record) => record.partner === keyOf(programId, partnerId) && record.agreementId === agreementId)
        .map(({ partner: _, ...record }) => record)
        .sort((a, b) => compareText(actOf(a), actOf(b))),
    exclusivities: async (programId) => registerOf(programId),
    async enrol(standing, profile, payee, writes = {}) {
      const key = keyOf(standing.programId, standing.partnerId);
      if (standings.has(key) || isRegisterStale(standing.programId, writes)) return 'exists';
      if (writes.application && applications?.isStale(writes.application) !== false) return 'exists';
      putAgreement(standing, writes);
      standings.set(key, standing);
      profiles.set(key, profile);
      if (payee) putPayee(standing.programId, standing.partnerId, payee);
      if (writes.application) applications?.put(writes.application);
      return 'created';
    },
    standing: async (programId, partnerId) => standings.get(keyOf(programId, partnerId)),
    profile: async (programId, partnerId) => profiles.get(keyOf(programId, partnerId)),
    payee: async (programId, partnerId) => {
      const known = payees.get(keyOf(programId, partnerId));
      if (!known) return undefined;
      const { accountHash: _, ...details } = known.details;
      return { ...known, details };
    },
    payeeNotice: async (programId, partnerId, payeeId) => payeeNotices.get(`${keyOf(programId, partnerId)}/${payeeId}`),
    tierChange: async (programId, partnerId, sequence) =>
      changes.find(
        (change) => change.programId === programId && change.partnerId === partnerId && change.sequence === sequence,
      ),
    async *standings(programId, { after, through }) {
      yield* ordered(programId, after).filter(({ partnerId }) => through === undefined || partnerId <= through);
    },
    async save(standing, change, writes = {}) {
      saves.tried += 1;
      const key = keyOf(standing.programId, standing.partnerId);
      const isTrainingStale = writes.training !== undefined && training.isStale(standing, writes.training);
      const isStandingStale = standings.get(key)?.version !== standing.version;
      if (isStandingStale || isTrainingStale || isRegisterStale(standing.programId, writes)) {
        saves.stale += 1;
        return 'stale';
      }
      putAgreement(standing, writes);
      standings.set(key, { ...standing, version: standing.version + 1 });
      if (change) changes.push(change);
      return 'saved';
    },
    changePayee: async (payee, notice, before) => {
      const { programId, partnerId } = notice;
      if (payees.get(keyOf(programId, partnerId))?.payeeId !== before) return 'stale';
      putPayee(programId, partnerId, payee);
      payeeNotices.set(`${keyOf(programId, partnerId)}/${payee.payeeId}`, notice);
      return 'changed';
    },
    async list(programId, { cursor, limit }) {
      const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
      const all = ordered(programId, after);
      const items = all.slice(0, limit).flatMap((standing) => {
        const profile = profiles.get(keyOf(programId, standing.partnerId));
        return profile ? [{ standing, profile }] : [];
      });
      const last = items.at(-1)?.standing.partnerId ?? '';
      return { items, nextCursor: all.length > limit ? Buffer.from(last).toString('base64url') : undefined };
    },
  };

  return {
    store,
    changes,
    steps,
    saves,
    training: training.store,
    terms: {
      listIds: async (programId, { after, limit }) =>
        ordered(programId, after)
          .slice(0, limit)
          .map(({ partnerId }) => partnerId),
      terms: async (programId, partnerId) => {
        const standing = standings.get(keyOf(programId, partnerId));
        return (
          standing && {
            partnerId,
            agreements: standing.agreements.map((agreement) => {
              const { agreementId, from, endsAt, afterEnd, planVersion, sequence, recordedAt } = agreement;
              const own = components.get(`${keyOf(programId, partnerId)}/${planVersion}`);
              const term = { agreementId, from, endsAt, planVersion, sequence, recordedAt };
              return { ...term, ...(afterEnd ? { afterEnd } : {}), ...(own ? { components: own } : {}) };
            }),
            tiers: standing.tiers.map(({ from, tier, sequence, recordedAt }) => ({ from, tier, sequence, recordedAt })),
          }
        );
      },
      payee: async (programId, partnerId) => {
        const known = payees.get(keyOf(programId, partnerId));
        return known && { ...(await fakeOpener.open({ programId, partnerId }, known.details.sealed)), ...dated(known) };
      },
      payeeOnRecord: async (programId, partnerId) => {
        const known = payees.get(keyOf(programId, partnerId));
        return known && { rail: known.shown.rail, ...dated(known) };
      },
      emailHash: async (programId, partnerId) => profiles.get(keyOf(programId, partnerId))?.emailHash,
    },
    people: {
      grantsByEmailHash: async (emailHash) => partnersOf(emailHash),
      partnersByEmailHash: async (emailHash) => partnersOf(emailHash),
    },
    payeeChanges: {
      since: async (programId, since) =>
        [...payeeChanges.values()]
          .filter((change) => change.programId === programId && change.at >= since)
          .map(({ programId: _, ...change }) => change)
          .sort((a, b) => compareText(a.at, b.at)),
    },
  };
}

function dated({ payeeId, changedAt, usableFrom }: Omit<RecordedPayee, 'details'>): Omit<PayeeOnRecord, 'rail'> {
  return { payeeId, changedAt, ...(usableFrom === undefined ? {} : { usableFrom }) };
}
