import { expect, it } from 'vitest';
import { payerAnomalies } from '#shared/domain/run/payer-anomaly';

const NOBODY = 'DEMO PAYER (not configured)';

it.each([
  ['nobody has said who pays', undefined, NOBODY, [0n, 5n], true],
  ['the run pays nothing', undefined, NOBODY, [0n], false],
  ['the programme says it', { name: 'Acme', iban: 'DE89' }, NOBODY, [5n], false],
  ['the installation says it', undefined, 'Acme GmbH', [5n], false],
])('approvers are told of a made-up payer where %s: %s', (_, ofProgram, ofInstallation, paid, isTold) => {
  const found = payerAnomalies({ ofProgram, ofInstallation }, paid, 'EUR');
  expect(found).toEqual(isTold ? [{ kind: 'payer_not_set', currency: 'EUR' }] : []);
});
