import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export type TemplateResource = {
  readonly Type: string;
  readonly Properties?: Record<string, unknown> | undefined;
  readonly Condition?: string | undefined;
};

export type Template = {
  readonly Resources?: Record<string, TemplateResource> | undefined;
  readonly Parameters?: Record<string, { Type: string; Default?: unknown }> | undefined;
  readonly Conditions?: Record<string, unknown> | undefined;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>> | undefined;
  readonly Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown }; Condition?: string }> | undefined;
  readonly Rules?: unknown;
};

export type Stack = {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
};

export type Assembly = {
  readonly stacks: readonly Stack[];
  /** Directory or file of each asset by the S3 key that templates name it with. */
  readonly assets: ReadonlyMap<string, string>;
};

type Artifact = { type: string; displayName?: string; environment?: string; properties?: Record<string, string> };
type AssetManifest = {
  files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>;
};

const KNOWN_SECTIONS = new Set(
  'AWSTemplateFormatVersion Description Metadata Parameters Mappings Conditions Rules Resources Outputs'.split(' '),
);

/** Reads a synthesised cloud assembly (cdk.out) with nested stages. @throws when it is not one. */
export function readAssembly(directory: string): Assembly {
  const stacks: Stack[] = [];
  const assets = new Map<string, string>();
  collect(directory, stacks, assets);
  if (stacks.length === 0) throw new Error(`${directory} holds no stack. Run "npm run synth", then start again.`);
  return { stacks, assets };
}

function collect(directory: string, stacks: Stack[], assets: Map<string, string>): void {
  const manifest = readJson<{ artifacts?: Record<string, Artifact> }>(join(directory, 'manifest.json'));
  for (const [id, artifact] of Object.entries(manifest.artifacts ?? {})) {
    const properties = artifact.properties ?? {};
    if (artifact.type === 'cdk:cloud-assembly' && properties.directoryName) {
      collect(join(directory, properties.directoryName), stacks, assets);
    }
    if (artifact.type === 'cdk:asset-manifest' && properties.file) {
      const files = readJson<AssetManifest>(join(directory, properties.file)).files ?? {};
      for (const file of Object.values(files)) {
        for (const destination of Object.values(file.destinations)) {
          if (file.source.path) assets.set(destination.objectKey, resolve(directory, file.source.path));
        }
      }
    }
    if (artifact.type === 'aws:cloudformation:stack' && properties.templateFile) {
      const template = readJson<Template>(join(directory, properties.templateFile));
      const name = properties.stackName ?? id;
      const unknown = Object.keys(template).filter((section) => !KNOWN_SECTIONS.has(section));
      if (unknown.length > 0) throw new Error(`stack ${name}: unknown template section ${unknown.join(', ')}`);
      const [account, region] = (artifact.environment ?? '').replace('aws://', '').split('/');
      stacks.push({ name, template, account: known(account, '000000000000'), region: known(region, 'us-east-1') });
    }
  }
}

function known(part: string | undefined, fallback: string): string {
  return part && !part.startsWith('unknown') ? part : fallback;
}

function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new Error(`Cannot read ${file}. Run "npm run synth", then start again.`, { cause: error });
  }
}
