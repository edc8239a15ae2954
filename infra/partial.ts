// Temporary, while entry files are being written: removed before the end.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FunctionDefinition } from './functions.ts';

const ROOT = join(import.meta.dirname, '..');

export async function withPlaceholders(
  definitions: readonly FunctionDefinition[],
): Promise<readonly FunctionDefinition[]> {
  return Promise.all(
    definitions.map(async (definition) => {
      if (existsSync(join(ROOT, definition.entry)) && (await resolves(definition.entry))) return definition;
      console.warn(`placeholder for ${definition.entry}`);
      const entry = `.build/placeholders/${definition.name}.ts`;
      mkdirSync(join(ROOT, '.build/placeholders'), { recursive: true });
      writeFileSync(
        join(ROOT, entry),
        `export const handler = async () => { throw new Error('${definition.name} is missing'); };\n`,
      );
      return { ...definition, entry };
    }),
  );
}

async function resolves(entry: string): Promise<boolean> {
  try {
    await build({
      absWorkingDir: ROOT,
      entryPoints: [entry],
      bundle: true,
      platform: 'node',
      format: 'esm',
      write: false,
      logLevel: 'silent',
      packages: 'external',
    });
    return true;
  } catch {
    return false;
  }
}

export function onlyMatched(
  definitions: readonly FunctionDefinition[],
  problems: readonly string[],
): readonly FunctionDefinition[] {
  for (const problem of problems) console.warn(`function table: ${problem}`);
  return definitions;
}
