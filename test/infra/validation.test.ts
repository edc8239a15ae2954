import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { makeApp } from '#infra/make-app';
import { indispensable, synthesise, writeStubs } from './synthesised.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Twenty seconds of one processor: a busy machine makes minutes of them. */
const LINTED_WITHIN_MS = 600_000;
const hasCfnLint = spawnSync('cfn-lint', ['--version']).status === 0;

describe('the AwsSolutions checks', () => {
  it('pass, or are acknowledged with a reason', () => {
    expect(() => synthesise()).not.toThrow();
  });

  it('stop the synth at a finding that nobody acknowledged', () => {
    process.env.CDK_VALIDATION = 'false';
    const work = mkdtempSync(join(tmpdir(), 'tallystick-nag-'));
    const functions = indispensable();
    const app = makeApp({ functionsDirectory: writeStubs(work, functions), functions, outdir: join(work, 'cdk.out') });
    new Bucket(app.node.findChild('TallystickStateful') as Stack, 'Open');
    expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
  });
});

describe('cfn-lint', () => {
  const name = 'finds nothing in any template';
  const reason = hasCfnLint ? '' : ' (skipped: cfn-lint is not on PATH; pipx install cfn-lint)';

  it.skipIf(!hasCfnLint)(
    `${name}${reason}`,
    () => {
      const { directory, stacks } = synthesise();
      const templates = [...stacks.keys()].map((it) => join(directory, `${it}.template.json`));
      const config = join(ROOT, 'infra', 'cfn-lint.yaml');
      const { stdout, stderr, status } = spawnSync('cfn-lint', ['--config-file', config, '--', ...templates], {
        encoding: 'utf8',
      });
      expect(`${stdout}${stderr}`).toBe('');
      expect(status).toBe(0);
    },
    LINTED_WITHIN_MS,
  );
});
