import { describe, expect, it } from 'vitest';
import { makeListProgramChanges } from '#shared/application/payouts/programs/list-program-changes';
import { DEFAULT_CONTROLS, DEFAULT_PAYOUT_RULES } from '#shared/application/programs';
import { DEFAULT_SETTINGS } from '#shared/contracts/payouts/programs/program-settings';
import { instant } from '#test/support/builders/partners';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';

const who = { programId: 'shop', version: 1, by: 'person:ada' };
const programs = {
  ...makeFakePrograms(aProgram()),
  settingsChanges: async () => [
    {
      ...{ ...who, at: instant('2026-01-03T00:00:00Z'), before: DEFAULT_SETTINGS },
      after: { ...DEFAULT_SETTINGS, attribution: { ...DEFAULT_SETTINGS.attribution, windowDays: 30 } },
    },
  ],
  controlsChanges: async () => [
    {
      ...{ ...who, at: instant('2026-01-01T00:00:00Z'), before: DEFAULT_CONTROLS },
      after: { ...DEFAULT_CONTROLS, adjustmentLimitMinor: 5_000n },
    },
  ],
  policyChanges: async () => [
    {
      ...{ ...who, onBehalfOf: 'person:eve', at: instant('2026-01-02T00:00:00Z') },
      before: { approvals: { required: 2 }, payouts: DEFAULT_PAYOUT_RULES },
      after: { approvals: { required: 3 }, payouts: { ...DEFAULT_PAYOUT_RULES, reminderHours: [24] } },
    },
  ],
};

describe("a programme's changes", () => {
  const list = makeListProgramChanges({ programs } as never);

  it('are one list of those of settings, controls and policy, newest first, each with what it changed alone', async () => {
    expect(await list('shop')).toEqual([
      {
        ...{ of: 'settings', version: 1, by: 'person:ada', at: '2026-01-03T00:00:00.000Z' },
        fields: [{ field: 'attribution.windowDays', before: 90, after: 30 }],
      },
      {
        ...{ of: 'policy', version: 1, by: 'person:ada', onBehalfOf: 'person:eve', at: '2026-01-02T00:00:00.000Z' },
        fields: [
          { field: 'approvals.required', before: 2, after: 3 },
          { field: 'payouts.reminderHours', before: [72, 168], after: [24] },
        ],
      },
      {
        ...{ of: 'controls', version: 1, by: 'person:ada', at: '2026-01-01T00:00:00.000Z' },
        fields: [{ field: 'controls.adjustmentLimitMinor', before: undefined, after: 5_000n }],
      },
    ]);
  });

  it('are those of a programme that there is', async () => {
    await expect(
      makeListProgramChanges({ programs: { ...programs, get: async () => undefined } } as never)('shop'),
    ).rejects.toMatchObject({ code: 'unknown_program' });
  });
});
