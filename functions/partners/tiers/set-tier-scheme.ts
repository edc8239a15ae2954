import { caller } from '#functions/partners/composition';
import { setScheme, tierSchemeAnswer } from '#functions/partners/tiers/tier-scheme-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { setTierSchemeRoute } from '#shared/contracts/partners/tiers/set-tier-scheme';
import { tierSchemeOf } from '#shared/contracts/partners/tiers/tier-scheme';

export const setTierScheme: HttpHandler<typeof setTierSchemeRoute> = async ({ params, body }, context) => {
  const { expectedVersion, reason, ...scheme } = body;
  const { version, stillHeld } = await setScheme({
    ...params,
    ...{ expectedVersion, reason, scheme: tierSchemeOf(scheme) },
    ...caller(context),
    signedInAt: context.principal?.signedInAt,
  });
  return { ...tierSchemeAnswer(version, context), stillHeld: [...stillHeld] };
};

export const handler = httpFunction(setTierSchemeRoute, setTierScheme);
