import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Principal } from '#functions/runtime/principal';
import { PROGRAM_ID } from './house.ts';
import { anyKinds, carryOut, type Deed, deedOf, type Tally } from './one-person-deeds.ts';
import { aKeyOf, aPerson, aWorld, type World } from './one-person-world.ts';

const SEQUENCES = 440;
const LONGEST = 500;
/** What CI must have tried. */
const COMMANDS = 100_000;

const withKeys = (person: Principal): readonly Principal[] => [
  person,
  person,
  person,
  aKeyOf(person, 1),
  aKeyOf(person, 2),
];

/** What must stay as it is while one person acts: what was sent, and what gives sent money back to be sent again. */
type Model = { readonly sent: string; readonly givenBack: number };

const modelOf = (world: World): Model => ({
  sent: [...world.sent()].sort().join(),
  givenBack: [...world.fake.stored.values()].filter(({ status }) => status === 'failed' || status === 'returned')
    .length,
});

function commandsOf(callers: readonly Principal[], tally: Tally, check: (before: Model, world: World) => void) {
  let count = 0;
  const command = (deed: Deed): fc.AsyncCommand<Model, World> => ({
    check: () => true,
    run: async (model, world) => {
      count += 1;
      await carryOut(world, callers, deed, count, tally);
      check(model, world);
    },
    toString: () => JSON.stringify(deed),
  });
  return {
    counted: () => count,
    commands: anyKinds.chain((kinds) =>
      fc.commands([deedOf(kinds).map(command)], { maxCommands: LONGEST, size: 'max' }),
    ),
  };
}

describe('separation of duties', () => {
  it('lets no sequence of requests by one person pay money, or give it back to be paid again', async () => {
    const tally: Tally = new Map();
    const { commands, counted } = commandsOf(withKeys(aPerson('p')), tally, (before, world) => {
      expect(modelOf(world)).toEqual(before);
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(1, 2), commands, async (approvers, sequence) => {
        const world = await aWorld(approvers);
        await fc.asyncModelRun(() => ({ model: modelOf(world), real: world }), sequence);
      }),
      { numRuns: SEQUENCES },
    );
    console.info(`one person: ${counted()} requests and events`, Object.fromEntries(tally));
    expect(counted()).toBeGreaterThanOrEqual(COMMANDS);
    // The way was open as far as one person comes: runs were opened and approved, proposals made and refused.
    for (const kind of ['open', 'approve', 'propose', 'report', 'release', 'payee', 'policy', 'scheduler']) {
      expect(tally.get(kind)?.done, kind).toBeGreaterThan(100);
    }
    for (const kind of ['approve', 'confirm', 'confirmEntry'])
      expect(tally.get(kind)?.refused, kind).toBeGreaterThan(100);
  });

  it('lets two people pay, and then only by runs that two of them stand behind', async () => {
    const tally: Tally = new Map();
    const callers = [...withKeys(aPerson('p')), aPerson('q'), aPerson('q'), aPerson('r')];
    const { commands } = commandsOf(callers, tally, () => {});
    let paid = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(1, 2), commands, async (approvers, sequence) => {
        const world = await aWorld(approvers);
        const before = world.sent();
        await fc.asyncModelRun(() => ({ model: modelOf(world), real: world }), sequence);
        for (const payoutId of world.sent()) {
          if (before.has(payoutId)) continue;
          paid += 1;
          const { submissionRunId = '' } = (await world.fake.payouts.get(PROGRAM_ID, payoutId))!;
          const run = (await world.money.runs.get(PROGRAM_ID, submissionRunId))!;
          const approvers = run.given.filter(({ decision, voidedBy }) => decision === 'approve' && !voidedBy);
          const people = new Set([run.onBehalfOf ?? run.openedBy, ...approvers.map(({ by }) => by)]);
          people.delete('system:scheduler');
          expect(people.size).toBeGreaterThanOrEqual(2);
        }
      }),
      { numRuns: SEQUENCES / 4 },
    );
    expect(paid).toBeGreaterThan(20);
  });
});
