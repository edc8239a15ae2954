import { gunzipSync } from 'node:zlib';
import * as z from 'zod';

/** What CloudWatch Logs hands to a subscription: base64 of gzip of JSON. */
const deliverySchema = z.object({
  messageType: z.string(),
  logEvents: z.array(z.unknown()),
});

const eventSchema = z.object({ message: z.string() });

/** The lines of a delivery, empty for an event without one; none for the control message that tests a subscription. */
export function decodeLogEvents(data: string): readonly string[] {
  const delivery = deliverySchema.parse(JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString('utf8')));
  return delivery.messageType === 'DATA_MESSAGE'
    ? delivery.logEvents.map((event) => eventSchema.safeParse(event).data?.message ?? '')
    : [];
}
