import { fileRailsOf } from '#shared/adapters/rails/file-rails';
import type { AchOriginator, BankAccount } from '#shared/application/payouts/paying/file-rail';

export const ACME_DEBTOR: BankAccount = { name: 'Acme GmbH', iban: 'DE89370400440532013000' };
export const ACME_ORIGINATOR: AchOriginator = {
  companyName: 'Acme Inc',
  companyId: '1123456789',
  originatingDfi: '021000021',
  bankName: 'Example Bank',
};
export const ACME_FILE_RAILS = fileRailsOf({ bankFile: ACME_DEBTOR, bankFileFormat: 'pain.001.001.09' });
export const ACME_BOTH_FILE_RAILS = fileRailsOf({
  bankFile: ACME_DEBTOR,
  bankFileFormat: 'pain.001.001.09',
  nacha: ACME_ORIGINATOR,
});
