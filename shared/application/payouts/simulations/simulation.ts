import type { Currency } from '#shared/domain/money/money';
import type { Component } from '#shared/domain/plan/plan';
import type { SimulatedPartner } from '#shared/domain/simulation/simulated-partner';
import type { SimulationSummary } from '#shared/domain/simulation/simulation-summary';
import type { Instant, Period } from '#shared/domain/time/instant';

/** The plan that takes the place of the one in force. A draft is kept as it was when the simulation was asked for. */
export type SimulatedPlan =
  | { readonly kind: 'published'; readonly planVersion: number }
  | {
      readonly kind: 'draft';
      readonly draftId: string;
      readonly revision: number;
      readonly components: readonly Component[];
    }
  /** Each partner's own terms, custom ones too: differs by nothing from what was paid, or something is wrong. */
  | { readonly kind: 'in_force' };

/** A month of a simulation: with its approved run, or, without one, an estimate beside the terms in force. */
export type SimulatedPeriod = { readonly period: Period; readonly runId?: string | undefined };

export type SimulationPlan = {
  readonly plan: SimulatedPlan;
  readonly from: Period;
  readonly to: Period;
  /** Only agreements that name one of these versions get the plan; absent: every agreement. */
  readonly replaces?: readonly number[] | undefined;
  readonly months: readonly SimulatedPeriod[];
};

export type SimulationStatus = 'running' | 'done' | 'failed';

export type Simulation = SimulationPlan & {
  readonly programId: string;
  readonly simulationId: string;
  /** Of what was asked: another request under the same Idempotency-Key is refused. */
  readonly requestHash: string;
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  readonly status: SimulationStatus;
  /** Set once the partners are parted into shards. */
  readonly shards?: readonly string[] | undefined;
  /** Facts that the approved runs of its months counted, refunds and adjustments too: how large it is. */
  readonly facts?: number | undefined;
  readonly finishedAt?: Instant | undefined;
  /** Where the result is kept, once done. */
  readonly resultKey?: string | undefined;
  readonly failure?: { readonly code: string; readonly reason: string } | undefined;
};

/** Shards say how far it is. Conversions are those that were stated so far; refunds are weighed with their sale. */
export type SimulationProgress = { readonly shardsDone: number; readonly conversionsDone: number };

/** Simulations and how far they are. Every change is conditional and may be repeated. */
export type SimulationStore = {
  get(programId: string, simulationId: string): Promise<Simulation | undefined>;
  /** Answers the stored one when the id is taken, so that a repeat is seen. */
  create(simulation: Simulation): Promise<{ readonly created: boolean; readonly simulation: Simulation }>;
  /** Fixes the shards while it runs; false when they are fixed already, or it does not run any more. */
  plan(programId: string, simulationId: string, shards: readonly string[], facts: number): Promise<boolean>;
  shardDone(programId: string, simulationId: string, shard: string, facts: number): Promise<void>;
  progress(programId: string, simulationId: string): Promise<SimulationProgress>;
  /** Ends one that runs; a repeat changes nothing. */
  end(
    programId: string,
    simulationId: string,
    end: { at: Instant } & ({ resultKey: string } | { failure: NonNullable<Simulation['failure']> }),
  ): Promise<void>;
};

/** A partner and its months to compare; `paid` is what its approved statements earned, absent for an estimate. */
export type PartnerToSimulate = {
  readonly partnerId: string;
  readonly months: readonly {
    readonly period: Period;
    readonly paid?: readonly { readonly currency: Currency; readonly earnedMinor: bigint }[] | undefined;
  }[];
};

export type SimulationResult = SimulationPlan & SimulationSummary & { readonly simulationId: string };

/** What is too large for an item: files in the documents bucket, each written once. */
export type SimulationFiles = {
  /** Answers the shard's name, which follows from its place and its content: two tries never mix. */
  putPartners(simulation: SimulationId, ordinal: number, partners: readonly PartnerToSimulate[]): Promise<string>;
  partners(simulation: SimulationId, shard: string): Promise<readonly PartnerToSimulate[]>;
  putOutcomes(simulation: SimulationId, shard: string, outcomes: readonly SimulatedPartner[]): Promise<void>;
  outcomes(simulation: SimulationId, shard: string): Promise<readonly SimulatedPartner[]>;
  /** Answers its key, which follows from its content. */
  putResult(simulation: SimulationId, result: SimulationResult): Promise<string>;
  result(resultKey: string): Promise<SimulationResult>;
};

export type SimulationId = { readonly programId: string; readonly simulationId: string };
