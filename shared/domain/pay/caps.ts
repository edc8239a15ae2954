import type { Caps } from '../plan/plan.ts';
import type { CutLine, StatementLine } from '../statement/statement.ts';
import type { PaySale } from './component-payer.ts';

type Cutter = (line: StatementLine, customerId: string) => StatementLine | undefined;

function cutTo(line: StatementLine, leftMinor: bigint, per: CutLine['per'], limitMinor: bigint): StatementLine {
  if (line.amountMinor <= leftMinor) return line;
  const cut = { per, limitMinor, fromMinor: line.cut?.fromMinor ?? line.amountMinor };
  return { ...line, amountMinor: leftMinor, cut };
}

/**
 * Cuts a component's lines to its caps, the customer's first, then the period's; no line once nothing is left of one
 * (semantics 7a). What was paid on each customer is remembered only for a cap per customer: a number a customer.
 */
function makeCutter({ capPerCustomerMinor, capPerPeriodMinor }: Caps): Cutter {
  const paidByCustomer = new Map<string, bigint>();
  let paidMinor = 0n;
  return (line, customerId) => {
    const paidOnCustomer = paidByCustomer.get(customerId) ?? 0n;
    let cut = line;
    if (capPerCustomerMinor !== undefined) {
      if (paidOnCustomer >= capPerCustomerMinor) return undefined;
      cut = cutTo(cut, capPerCustomerMinor - paidOnCustomer, 'customer', capPerCustomerMinor);
    }
    if (capPerPeriodMinor !== undefined) {
      if (paidMinor >= capPerPeriodMinor) return undefined;
      cut = cutTo(cut, capPerPeriodMinor - paidMinor, 'period', capPerPeriodMinor);
      paidMinor += cut.amountMinor;
    }
    if (capPerCustomerMinor !== undefined) paidByCustomer.set(customerId, paidOnCustomer + cut.amountMinor);
    return cut;
  };
}

/** Pays by `pay` within the caps. What brackets count is not capped: they have counted the sale before. */
export function withCaps(caps: Caps, pay: PaySale): PaySale {
  const cut = makeCutter(caps);
  return (sale, lines) => {
    const before = lines.length;
    const reason = pay(sale, lines);
    if (reason !== undefined) return reason;
    for (const line of lines.splice(before)) {
      const left = cut(line, sale.conversion.customerId);
      if (left !== undefined) lines.push(left);
    }
    return lines.length === before ? 'cap_reached' : undefined;
  };
}
