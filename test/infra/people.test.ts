import { describe, expect, it } from 'vitest';
import { indispensable, resourcesOf, synthesise } from '#test/infra/synthesised';

const SIGN_IN = ['start-sign-in', 'complete-sign-in', 'sign-out'] as const;

describe('the app client of the console', () => {
  const { stateless } = synthesise();
  const client = (): Record<string, unknown> => {
    const [only, ...more] = Object.values(resourcesOf(stateless, 'AWS::Cognito::UserPoolClient'));
    expect(more).toEqual([]);
    return only?.Properties ?? {};
  };

  it('takes codes alone, back to the console alone, and knows no secret', () => {
    const { AllowedOAuthFlows, AllowedOAuthScopes, GenerateSecret, CallbackURLs, LogoutURLs, ...properties } = client();
    expect(AllowedOAuthFlows).toEqual(['code']);
    expect(AllowedOAuthScopes).toEqual(['openid', 'email', 'profile']);
    expect(GenerateSecret).toBe(false);
    expect(JSON.stringify(CallbackURLs)).toMatch(/\/console\/signed-in"\]\]\}\]$/);
    expect(JSON.stringify(LogoutURLs)).toMatch(/\/console\/signed-out"\]\]\}\]$/);
    expect(properties).toMatchObject({ PreventUserExistenceErrors: 'ENABLED', EnableTokenRevocation: true });
  });

  it('rotates refresh tokens, with a minute in which a repeat does no harm, for twelve hours', () => {
    expect(client()).toMatchObject({
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      RefreshTokenValidity: 720,
      IdTokenValidity: 60,
      TokenValidityUnits: { IdToken: 'minutes', RefreshToken: 'minutes' },
    });
    // Cognito refuses rotation beside it.
    expect(client().ExplicitAuthFlows).not.toContain('ALLOW_REFRESH_TOKEN_AUTH');
  });

  it('has pages of its own style, without which they do not open', () => {
    const [style] = Object.values(resourcesOf(stateless, 'AWS::Cognito::ManagedLoginBranding'));
    expect(style?.Properties.UseCognitoProvidedValues).toBe(true);
  });
});

describe('an own provider', () => {
  it('takes the place of the user pool, for the API and for the console', () => {
    const [oidcIssuer, oidcAudience] = ['https://id.shop.example/realm', 'tallystick'];
    const { stateful, stateless } = synthesise({ oidcIssuer, oidcAudience }, indispensable(...SIGN_IN));
    stateful.resourceCountIs('AWS::Cognito::UserPool', 0);
    stateless.resourceCountIs('AWS::Cognito::UserPoolClient', 0);
    const variables = Object.values(resourcesOf(stateless, 'AWS::Lambda::Function')).map(
      ({ Properties }) =>
        (Properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {},
    );
    const knowing = variables.filter(({ OIDC_ISSUER }) => OIDC_ISSUER !== undefined);
    expect(knowing.length).toBeGreaterThan(SIGN_IN.length);
    for (const { OIDC_ISSUER, OIDC_AUDIENCE = oidcAudience, OIDC_CLIENT_ID = oidcAudience } of knowing)
      expect([OIDC_ISSUER, OIDC_AUDIENCE, OIDC_CLIENT_ID]).toEqual([oidcIssuer, oidcAudience, oidcAudience]);
  });

  it('needs both settings', () => {
    expect(() => synthesise({ oidcIssuer: 'https://id.shop.example' }, indispensable())).toThrow('oidcAudience');
    expect(() => synthesise({ oidcAudience: 'tallystick' }, indispensable())).toThrow('oidcIssuer');
    expect(() => synthesise({ oidcIssuer: 'http://id.shop.example', oidcAudience: 'x' }, indispensable())).toThrow(
      'oidcIssuer',
    );
  });
});
