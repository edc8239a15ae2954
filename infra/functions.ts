import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteContract, Service } from '#shared/contracts/route';
import { routes } from '#shared/contracts/routes';
import type { FunctionDeclaration, ServiceDeclaration } from './declarations.ts';
import { consoleFunctions } from './services/console.ts';
import { notificationsFunctions } from './services/notifications.ts';
import { partnersFunctions } from './services/partners.ts';
import { payoutsFunctions } from './services/payouts.ts';
import { referralsFunctions } from './services/referrals.ts';
import { trackingFunctions } from './services/tracking.ts';

const ROOT = join(import.meta.dirname, '..');

export type FunctionDefinition = FunctionDeclaration & {
  readonly name: string;
  readonly service: Service;
  /** From the top of the project; exports `handler`. */
  readonly entry: string;
  /** Present when the trigger is a route. */
  readonly route?: RouteContract | undefined;
};

const SERVICES: Readonly<Record<Service, ServiceDeclaration>> = {
  tracking: trackingFunctions,
  referrals: referralsFunctions,
  partners: partnersFunctions,
  payouts: payoutsFunctions,
  notifications: notificationsFunctions,
  console: consoleFunctions,
};

/**
 * Every function of the installation: what the build bundles and the stack deploys.
 * @throws Error naming each route without grants, and each declared route function without a route.
 */
export function functionTable(
  services: Readonly<Record<string, ServiceDeclaration>> = SERVICES,
  contracts: readonly RouteContract[] = routes,
): readonly FunctionDefinition[] {
  const routeByName = new Map(contracts.map((contract) => [contract.name, contract]));
  const definitions = Object.entries(services).flatMap(([service, declarations]) =>
    Object.entries(declarations).map(([name, declaration]) => ({
      ...declaration,
      name,
      service: service as Service,
      entry: entryOf(service, name),
      route: declaration.trigger.kind === 'route' ? routeByName.get(name) : undefined,
    })),
  );
  const problems = [
    ...routesWithoutGrants(contracts, definitions),
    ...grantsWithoutRoute(definitions),
    ...namedTwice(definitions),
  ];
  if (problems.length > 0) throw new Error(`The function table does not match the routes:\n  ${problems.join('\n  ')}`);
  return definitions;
}

/** A function's file: in its service's folder, or in one of the folders there that group what belongs together. */
function entryOf(service: string, name: string): string {
  const home = `functions/${service}`;
  const groups = readdirSync(join(ROOT, home), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const places = [home, ...groups.map((group) => `${home}/${group.name}`)].map((folder) => `${folder}/${name}.ts`);
  return places.find((place) => existsSync(join(ROOT, place))) ?? `${home}/${name}.ts`;
}

function routesWithoutGrants(
  contracts: readonly RouteContract[],
  definitions: readonly FunctionDefinition[],
): string[] {
  return contracts
    .filter(
      (contract) => !definitions.some(({ name, service }) => name === contract.name && service === contract.service),
    )
    .map(({ name, service }) => `route ${name}: declare what it may use in infra/services/${service}.ts`);
}

function grantsWithoutRoute(definitions: readonly FunctionDefinition[]): string[] {
  return definitions
    .filter(({ trigger, route }) => trigger.kind === 'route' && !route)
    .map(({ name, service }) => `function ${name}: list its route in shared/contracts/${service}/routes.ts`);
}

function namedTwice(definitions: readonly FunctionDefinition[]): string[] {
  const names = definitions.map(({ name }) => name);
  return names.filter((name, at) => names.indexOf(name) !== at).map((name) => `function ${name}: the name is taken`);
}
