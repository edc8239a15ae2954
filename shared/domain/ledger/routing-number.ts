const WEIGHTS = [3, 7, 1];

/** Whether a text is an ABA routing number: nine digits whose weighted sum is a multiple of ten. Source: ABA Key to Routing Numbers. */
export function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === '000000000') return false;
  const weighed = [...text].reduce(
    (total, digit, index) => total + Number(digit) * (WEIGHTS[index % WEIGHTS.length] ?? 0),
    0,
  );
  return weighed % 10 === 0;
}
