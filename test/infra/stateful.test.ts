import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesise } from './synthesised.ts';

const { stateful } = synthesise();
const tables = resourcesOf(stateful, 'AWS::DynamoDB::Table');
const tableOf = (name: string): Record<string, unknown> => {
  const [, table] = Object.entries(tables).find(([id]) => id.startsWith(name)) ?? [];
  if (!table) throw new Error(`no table ${name}`);
  return table.Properties;
};

describe('the stateful stack', () => {
  it('has three tables, each recoverable to a point in time and protected from deletion', () => {
    expect(Object.keys(tables)).toHaveLength(3);
    for (const [id, { Properties }] of Object.entries(tables)) {
      expect(Properties, id).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
  });

  it('retains everything when a resource or the stack is removed', () => {
    const kept = /Table|Bucket$|Secret|UserPool$/;
    for (const [id, resource] of Object.entries(resourcesOf(stateful))) {
      if (!kept.test(resource.Type)) continue;
      expect(resource.DeletionPolicy, id).toBe('Retain');
      expect(resource.UpdateReplacePolicy, id).toBe('Retain');
    }
  });

  it('keeps the key of payees, renewed each year and findable by its name', () => {
    stateful.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true, PendingWindowInDays: 30 },
    });
    stateful.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/TallystickStateful/payees' });
  });

  it('lets nothing in Money lapse, and tells of each change with both images', () => {
    expect(tableOf('Money').TimeToLiveSpecification).toBeUndefined();
    expect(tableOf('Money').StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  it('lets items of Referrals and Partners lapse by expiresAt', () => {
    for (const name of ['Referrals', 'Partners']) {
      expect(tableOf(name).TimeToLiveSpecification, name).toEqual({ AttributeName: 'expiresAt', Enabled: true });
    }
  });

  it('streams Partners and Referrals with both images', () => {
    for (const name of ['Referrals', 'Partners']) {
      expect(tableOf(name).StreamSpecification, name).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
    }
  });

  it.each([
    ['Referrals', { facts: ['factsPk', 'factsSk'] }],
    ['Money', { contract: ['contractPk', 'contractSk'], 'by-period': ['periodPk', 'periodSk'] }],
    ['Partners', { contract: ['contractPk', 'contractSk'] }],
  ])('gives %s its indexes', (name, indexes) => {
    const made = tableOf(name).GlobalSecondaryIndexes as {
      IndexName: string;
      KeySchema: { AttributeName: string }[];
      Projection: { ProjectionType: string };
    }[];
    expect(Object.fromEntries(made.map((it) => [it.IndexName, it.KeySchema.map((key) => key.AttributeName)]))).toEqual(
      indexes,
    );
    expect(made.map(({ Projection }) => Projection.ProjectionType)).toEqual(made.map(() => 'ALL'));
  });

  it('keeps documents private, encrypted, versioned and readable over TLS only', () => {
    stateful.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: Match.anyValue(),
    });
    stateful.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('makes one signing key of 64 characters', () => {
    stateful.resourceCountIs('AWS::SecretsManager::Secret', 1);
    stateful.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    });
  });

  it('has people with a second factor who cannot sign themselves up, in the four staff roles', () => {
    stateful.hasResourceProperties('AWS::Cognito::UserPool', {
      MfaConfiguration: 'ON',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: 'ACTIVE',
    });
    const groups = Object.values(resourcesOf(stateful, 'AWS::Cognito::UserPoolGroup')).map(
      (it) => it.Properties.GroupName,
    );
    expect(groups.sort()).toEqual(['admin', 'approver', 'finance', 'partner_manager']);
  });

  it('has the newer sign-in pages, which ask again when they are told to, at an address of its own', () => {
    stateful.hasResourceProperties('AWS::Cognito::UserPoolDomain', { ManagedLoginVersion: 2 });
    const [domain] = Object.values(resourcesOf(stateful, 'AWS::Cognito::UserPoolDomain'));
    expect(JSON.stringify(domain?.Properties.Domain)).toContain('AWS::StackId');
  });
});
