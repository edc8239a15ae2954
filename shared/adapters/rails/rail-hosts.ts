export const STRIPE_API = 'https://api.stripe.com';
export const PAYPAL_API = { live: 'https://api-m.paypal.com', sandbox: 'https://api-m.sandbox.paypal.com' } as const;

/** Only on this machine: money and secrets go to the real hosts or to nobody else's. */
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/;

/**
 * Where a rail is asked: its real host, or a stand-in on this machine (`STRIPE_API_URL`, `PAYPAL_API_URL` of the local profile).
 * @throws Error for any other address
 */
export function railHost(real: string, standIn: string | undefined): string {
  if (standIn === undefined || standIn === '') return real;
  if (LOOPBACK.test(standIn)) return standIn;
  throw new Error(`a rail is asked at ${real}, or at http://127.0.0.1 with a port in trials, nowhere else`);
}
