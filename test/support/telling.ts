import { makeTemplates } from '#shared/adapters/mail-templates/render-notice';
import type { NoticeMessage, NoticeTo, Tell, ToldEvent } from '#shared/application/notifications/messages';
import type { Currency } from '#shared/domain/money/money';

export type ToldNotice = { readonly event: ToldEvent; readonly to: NoticeTo; readonly message: NoticeMessage };

const program = { programId: 'acme', name: 'Acme Partners', currency: 'GBP' as Currency };

/** Notes what is told and puts it into words, so that facts with a gap fail here. `refuses`: audiences that cannot be told. */
export function aTell(refuses: readonly NoticeTo['audience'][] = []): {
  readonly tell: Tell;
  readonly told: ToldNotice[];
} {
  const { renderNotice } = makeTemplates();
  const told: ToldNotice[] = [];
  return {
    told,
    tell: async (event, to, message) => {
      const { audience } = to;
      renderNotice(message, { audience, name: 'Ada', language: 'en', timeZone: 'Europe/London', program });
      if (refuses.includes(audience)) throw new Error(`${audience} could not be told`);
      told.push({ event, to, message });
    },
  };
}
