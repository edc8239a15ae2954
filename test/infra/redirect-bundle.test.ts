import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const MAX_BYTES = 100_000;

describe('the redirect', () => {
  it('weighs little, and holds no SDK client, schema library or middleware that it could load', async () => {
    const { metafile, outputFiles } = await build({
      absWorkingDir: ROOT,
      entryPoints: ['functions/tracking/redirect-link.ts'],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      mainFields: ['module', 'main'],
      write: false,
      metafile: true,
      logLevel: 'error',
    });
    const packages = Object.keys(metafile.inputs).flatMap(
      (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
    );
    expect([...new Set(packages)].sort()).toEqual(['aws4fetch', 'isbot']);
    expect(outputFiles[0]?.contents.byteLength).toBeLessThanOrEqual(MAX_BYTES);
  });
});
