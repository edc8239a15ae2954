import { CfnOutput, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration.ts';
import { acknowledge } from './acknowledge.ts';

const TOKEN_HOURS = 1;
/** A session of the console ends after as long (shared/application/console/sessions.ts). */
const SIGN_IN_HOURS = 12;
/** Two requests that renew at once, or one whose answer was lost, must not end a session. */
const ROTATION_GRACE_SECONDS = 60;
const STAFF_ROLES = ['admin', 'finance', 'approver', 'partner_manager'] as const;

/** The installation's own people; absent where another provider knows them. */
export type People = {
  readonly pool: cognito.UserPool;
  /** For terminals: without pages and addresses to come back to. */
  readonly terminal: cognito.UserPoolClient;
};

/** Who vouches for people, and to whom its tokens are addressed. */
export type SignIn = {
  readonly issuer: string;
  /** As the console is known to the provider. */
  readonly clientId: string;
  /** Whose ID tokens the API takes, joined by commas. */
  readonly audiences: string;
};

/** What must survive: the people with their second factors, their groups, and the address at which they sign in. */
export function makePeople(scope: Construct): People {
  const pool = makeUserPool(scope);
  for (const role of STAFF_ROLES) {
    new cognito.CfnUserPoolGroup(scope, `Group-${role}`, {
      userPoolId: pool.userPoolId,
      groupName: role,
      description: `Role ${role} in every programme of this installation`,
    });
  }
  pool.addDomain('SignInPages', {
    cognitoDomain: { domainPrefix: `tallystick-${ownPart(scope)}` },
    // The older pages know no `prompt`, by which people are asked again before money moves elsewhere.
    managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  const people = { pool, terminal: makeTerminalClient(pool) };
  new CfnOutput(scope, 'UserPoolId', { value: pool.userPoolId });
  new CfnOutput(scope, 'UserPoolClientId', { value: people.terminal.userPoolClientId });
  return people;
}

/** Eight hexadecimal digits of the stack's id: names of such domains are one installation's in a whole region. */
function ownPart(scope: Construct): string {
  const uuid = Fn.select(2, Fn.split('/', Stack.of(scope).stackId));
  return Fn.select(0, Fn.split('-', uuid));
}

function makeUserPool(scope: Construct): cognito.UserPool {
  const pool = new cognito.UserPool(scope, 'People', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    mfa: cognito.Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
    featurePlan: cognito.FeaturePlan.ESSENTIALS,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(pool, {
    'AwsSolutions-COG3':
      'Threat protection needs the Plus plan, billed for every person each month; accounts are made by an ' +
      'administrator only and a second factor is required.',
    'AwsSolutions-COG8': 'See AwsSolutions-COG3: the Plus plan would end the free idle state.',
  });
  return pool;
}

function makeTerminalClient(pool: cognito.UserPool): cognito.UserPoolClient {
  return pool.addClient('Console', {
    // Passwords without SRP too, so that a person can sign in from a terminal with the AWS command.
    authFlows: { userSrp: true, userPassword: true },
    disableOAuth: true,
    generateSecret: false,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(TOKEN_HOURS),
    idTokenValidity: Duration.hours(TOKEN_HOURS),
    refreshTokenValidity: Duration.hours(SIGN_IN_HOURS),
  });
}

/** The console as the provider knows it: where people come back to is known only once the API has an address. */
export function makeSignIn(
  scope: Construct,
  people: People | undefined,
  { configuration, publicUrl }: { readonly configuration: Configuration; readonly publicUrl: string },
): SignIn {
  const { oidcIssuer, oidcAudience } = configuration;
  if (oidcIssuer !== undefined && oidcAudience !== undefined) {
    return { issuer: oidcIssuer, clientId: oidcAudience, audiences: oidcAudience };
  }
  if (!people)
    throw new Error('nobody knows the people of this installation: set oidcIssuer and oidcAudience, or neither');
  const client = new cognito.UserPoolClient(scope, 'WebConsole', {
    userPool: people.pool,
    // A public client: what proves the console is PKCE, and nothing would be won by a secret that a page's function has to read.
    generateSecret: false,
    // People sign in on Cognito's pages; no password passes here. One flow, because none means Cognito's own choice, which rotation refuses.
    authFlows: { userSrp: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL, cognito.OAuthScope.PROFILE],
      callbackUrls: [`${publicUrl}/console/signed-in`],
      logoutUrls: [`${publicUrl}/console/signed-out`],
    },
    supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(TOKEN_HOURS),
    idTokenValidity: Duration.hours(TOKEN_HOURS),
    refreshTokenValidity: Duration.hours(SIGN_IN_HOURS),
    refreshTokenRotationGracePeriod: Duration.seconds(ROTATION_GRACE_SECONDS),
  });
  // Without a style, even Cognito's own, these pages do not open.
  new cognito.CfnManagedLoginBranding(scope, 'WebConsoleStyle', {
    userPoolId: people.pool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
  const audiences = [client.userPoolClientId, people.terminal.userPoolClientId].join(',');
  return { issuer: people.pool.userPoolProviderUrl, clientId: client.userPoolClientId, audiences };
}
