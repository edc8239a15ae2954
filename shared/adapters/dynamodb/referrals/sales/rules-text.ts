import * as z from 'zod';
import type { AttributionRules } from '#shared/domain/tracking/attribution';

/**
 * The rules of a decision in some twenty bytes, so that a sale still takes one write unit: `last_touch 90 code`, and behind
 * it only what is not the default: `new_only`, `bind`, `touches_first`, `months 12`.
 */
export function textOfRules(rules: AttributionRules): string {
  const { model, windowDays, codeBeatsLink, newCustomersOnly, bindCustomers, bindingBeatsTouches, bindingMonths } =
    rules;
  return [
    model,
    windowDays,
    codeBeatsLink ? 'code' : 'link',
    ...(newCustomersOnly ? ['new_only'] : []),
    ...(bindCustomers === 'first_sale' ? ['bind'] : []),
    ...(bindingBeatsTouches === false ? ['touches_first'] : []),
    ...(bindingMonths === undefined ? [] : ['months', bindingMonths]),
  ].join(' ');
}

const modelSchema = z.enum(['last_touch', 'first_touch', 'linear']);

export function rulesOfText(text: string): AttributionRules {
  const [model, windowDays, between, ...more] = text.split(' ');
  const months = more.indexOf('months');
  return {
    model: modelSchema.parse(model),
    windowDays: z.coerce.number().int().parse(windowDays),
    codeBeatsLink: between === 'code',
    newCustomersOnly: more.includes('new_only'),
    bindCustomers: more.includes('bind') ? 'first_sale' : 'never',
    bindingBeatsTouches: !more.includes('touches_first'),
    ...(months < 0
      ? {}
      : {
          bindingMonths: z.coerce
            .number()
            .int()
            .parse(more[months + 1]),
        }),
  };
}
