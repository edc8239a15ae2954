import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import type { IdentityVerifier } from '#shared/application/partners/authorize-request';

const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
  token_use: z.string().optional(),
  auth_time: z.number().optional(),
  'cognito:groups': z.array(z.string()).default([]),
});

/** Signature algorithms of OpenID providers. Never `none`, never a shared secret. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
/** Clocks of provider and function may differ by so much. */
const CLOCK_TOLERANCE_SECONDS = 5;
const JWKS_TIMEOUT_MS = 2_000;
const MS_PER_SECOND = 1_000;

/** Faults of the token itself. Anything else, such as keys that cannot be fetched, is no answer about the token. */
const TOKEN_FAULTS = [
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

/** The provider's published keys, fetched when first needed and again when a token names an unknown key. */
export function remoteKeys(issuer: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(`${issuer.replace(/\/$/, '')}/.well-known/jwks.json`), {
    timeoutDuration: JWKS_TIMEOUT_MS,
  });
}

/** Verifies OpenID Connect ID tokens: signature, issuer, audience, expiry and, where given, that it is an ID token. */
export function makeIdentityVerifier(options: {
  issuer: string;
  /** One client id, or several joined by commas: a token for any of them counts. */
  audience: string;
  keys: JWTVerifyGetKey;
  now?: () => Date;
}): IdentityVerifier {
  const { issuer, audience, keys } = options;
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: audience.split(','),
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        ...(options.now ? { currentDate: options.now() } : {}),
      });
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success || (claims.data.token_use ?? 'id') !== 'id') return undefined;
      const { sub, email, email_verified, name, auth_time, 'cognito:groups': groups } = claims.data;
      return {
        subject: sub,
        ...(name ? { name } : {}),
        verifiedEmail: email_verified === true ? email : undefined,
        groups,
        ...(auth_time === undefined ? {} : { signedInAt: auth_time * MS_PER_SECOND }),
      };
    } catch (error) {
      if (TOKEN_FAULTS.some((fault) => error instanceof fault)) return undefined;
      throw error;
    }
  };
}
