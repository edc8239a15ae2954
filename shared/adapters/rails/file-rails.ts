import type { Payee } from '#shared/application/payees';
import type {
  AchOriginator,
  BankAccount,
  BankFileFormat,
  FileFacts,
  FileFormat,
  FilePayment,
  PayingFileRail,
} from '#shared/application/payouts/paying/file-rail';
import type { PayoutRules } from '#shared/application/programs';
import type { FileRail } from '#shared/domain/ledger/payout';
import { pain001, pain001v03 } from './bank-file.ts';
import { nacha } from './nacha.ts';

const BANK_FILE_FORMATS: Readonly<Record<PayoutRules['bankFileFormat'], BankFileFormat>> = {
  'pain.001.001.09': pain001,
  'pain.001.001.03': pain001v03,
};

/** How the files of each rail are called and read, whoever pays. */
export const FILE_FACTS: Readonly<Record<FileRail, FileFacts>> = { bank_file: pain001, nacha };

/** Whose account pays, and in which version of the bank's message. */
export type FilePayers = {
  readonly bankFile: BankAccount;
  readonly bankFileFormat: PayoutRules['bankFileFormat'];
  readonly nacha?: AchOriginator | undefined;
};

/** The file rails of a programme. */
export function fileRailsOf(payers: FilePayers): Readonly<Record<FileRail, PayingFileRail>> {
  const format = BANK_FILE_FORMATS[payers.bankFileFormat];
  return {
    bank_file: paidBy(format, payers.bankFile, (payee) => (payee.rail === 'bank_file' ? payee : undefined)),
    nacha: payers.nacha
      ? paidBy(nacha, payers.nacha, (payee) => (payee.rail === 'nacha' ? payee : undefined))
      : { ...nacha, render: undefined },
  };
}

function paidBy<Payer, Account>(
  format: FileFormat<Payer, Account>,
  payer: Payer,
  accountOf: (payee: Payee) => Account | undefined,
): PayingFileRail {
  return {
    ...format,
    render: (content) => {
      for (const { endToEndId, creditor } of content.payments) {
        if (!accountOf(creditor)) throw new RangeError(`${endToEndId} is not paid by ${format.rail}`);
      }
      // Each creditor is such an account as it stands: hundreds of thousands are not copied.
      return format.render({ ...content, payer, payments: content.payments as readonly FilePayment<Account>[] });
    },
  };
}
