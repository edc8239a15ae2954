import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { route } from '#infra/declarations';
import { functionTable } from '#infra/functions';
import { REQUEST } from '#infra/profiles';
import { defineRoute } from '#shared/contracts/route';
import { functionId, indispensable, resourcesOf, synthesise } from './synthesised.ts';

describe('the configuration', () => {
  it('refuses a drain that a cached programme and the longest write could outlast', () => {
    expect(() => synthesise({ configTtlSeconds: 30, longestWriteSeconds: 5, drainSeconds: 35 })).toThrow(
      /drainSeconds \(35\) must be more/,
    );
  });

  it('shortens waits for a local start, and the longest write with them', () => {
    const drains = functionTable().filter(({ uses }) =>
      uses.some((it) => it.kind === 'setting' && it.setting === 'DRAIN_SECONDS'),
    );
    const context = { configTtlSeconds: 1, longestWriteSeconds: 3, drainSeconds: 5, shardsAtOnce: 7 };
    const looked = indispensable('record-conversions', ...drains.map(({ name }) => name));
    const { stateless } = synthesise(context, looked);
    const propertiesOf = (name: string) =>
      resourcesOf(stateless)[functionId(stateless, name)]!.Properties as {
        Timeout: number;
        Environment: { Variables: Record<string, string> };
      };
    expect(propertiesOf('record-conversions').Environment.Variables.LONGEST_WRITE_SECONDS).toBe('3');
    expect(propertiesOf('record-conversions').Environment.Variables.CONFIG_TTL_SECONDS).toBe('1');
    expect(drains.length).toBeGreaterThan(0);
    for (const { name } of drains) expect(propertiesOf(name).Environment.Variables.DRAIN_SECONDS, name).toBe('5');
    // The maps of a run and the paces of its rails follow one setting.
    expect(propertiesOf('submit-payouts').Environment.Variables.SHARDS_AT_ONCE).toBe('7');
    const machines = Object.values(resourcesOf(stateless)).filter(
      ({ Type }) => Type === 'AWS::StepFunctions::StateMachine',
    );
    expect(JSON.stringify(machines)).toContain('MaxConcurrency\\":7');
  });

  it('leaves half of a new account to the API while a month is closed', () => {
    const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
    expect(context.shardsAtOnce).toBe(5);
  });

  it('names what is wrong with a setting', () => {
    expect(() => synthesise({ mailFrom: 'nobody' })).toThrow(/mailFrom/);
  });
});

describe('the function table', () => {
  const contract = defineRoute({
    name: 'show-tally',
    service: 'console',
    method: 'GET',
    path: '/tally',
    summary: 'Shows it',
    access: 'public',
    status: 200,
  });

  it('refuses a route without grants, by name', () => {
    expect(() => functionTable({ console: {} }, [contract])).toThrow(
      /route show-tally: declare .*infra\/services\/console\.ts/,
    );
  });

  it('refuses grants without a route, by name', () => {
    expect(() => functionTable({ console: { 'show-tally': route(REQUEST) } }, [])).toThrow(
      /function show-tally: list its route/,
    );
  });

  it('refuses a name that two services use', () => {
    const services = { console: { 'show-tally': route(REQUEST) }, payouts: { 'show-tally': route(REQUEST) } };
    expect(() => functionTable(services, [contract])).toThrow(/show-tally: the name is taken/);
  });

  it('tells every function that writes a table after which time to give up', () => {
    const { stateless } = synthesise();
    const writers = functionTable().filter(({ uses }) =>
      uses.some((it) => it.kind === 'table' && it.access === 'write'),
    );
    expect(writers.length).toBeGreaterThan(10);
    for (const { name } of writers) {
      const { Environment } = resourcesOf(stateless)[functionId(stateless, name)]!.Properties as {
        Environment: { Variables: Record<string, string> };
      };
      expect(Environment.Variables.LONGEST_WRITE_SECONDS, name).toBe('5');
    }
  });
});
