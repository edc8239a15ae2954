import type { NoticeInterest } from '#shared/application/notifications/interest';
import type { AskFor } from '#shared/application/notifications/webhooks/webhook-endpoints';

/** Published for each fact only where somebody asked for it. */
const ON_DEMAND = ['conversion.recorded'] as const;

/** Adds the interest of an endpoint: what it names, or of all. Interest only grows: what nobody wants is told to nobody. */
export function askForKinds(interest: Pick<NoticeInterest, 'add'>): AskFor {
  return async (programId, events) => {
    for (const kind of ON_DEMAND) {
      if (events === undefined || events.includes(kind)) await interest.add(programId, kind);
    }
  };
}
