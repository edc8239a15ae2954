import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { removeFolder } from '#test/support/remove-folder';

const root = join(import.meta.dirname, '../../../..');
export const ref = (logicalId: string) => ({ Ref: logicalId });
export const att = (logicalId: string, name = 'Arn') => ({ 'Fn::GetAtt': [logicalId, name] });

/** A cloud assembly with one hand-written stack; `code` is a function's source by its asset's name. */
export function anAssembly(resources: object, code: Record<string, string> = {}, more: object = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'tallystick-assembly-'));
  process.once('exit', () => removeFolder(directory));
  const files: Record<string, object> = {};
  for (const [name, contents] of Object.entries(code)) {
    const folder = join(directory, `asset.${name}`);
    mkdirSync(folder);
    buildSync({
      stdin: { contents, resolveDir: root, loader: 'ts' },
      outfile: join(folder, 'index.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
    });
    files[name] = {
      source: { path: `asset.${name}`, packaging: 'zip' },
      destinations: { here: { objectKey: `${name}.zip` } },
    };
  }
  const write = (file: string, content: unknown): void => writeFileSync(join(directory, file), JSON.stringify(content));
  write('manifest.json', {
    version: '48.0.0',
    artifacts: {
      'Test.assets': { type: 'cdk:asset-manifest', properties: { file: 'Test.assets.json' } },
      Test: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'Test.template.json' },
      },
    },
  });
  write('Test.assets.json', { version: '48.0.0', files });
  write('Test.template.json', { Resources: resources, ...more });
  return directory;
}

export const aRole = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } };

export const aFunction = (asset: string, variables: object = {}, more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: `${asset}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: att('Role'),
    Timeout: 5,
    MemorySize: 256,
    Environment: { Variables: variables },
    ...more,
  },
});

/** An HTTP API with a route a function: `{ 'GET /x/{id}': 'LogicalId' }`. */
export function aHttpApi(routes: Record<string, string>, authorizer?: string): Record<string, object> {
  const resources: Record<string, object> = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'test', ProtocolType: 'HTTP' } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true },
    },
  };
  if (authorizer) {
    resources.Authorizer = {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('Api'),
        AuthorizerType: 'REQUEST',
        AuthorizerPayloadFormatVersion: '2.0',
        EnableSimpleResponses: true,
        AuthorizerUri: {
          'Fn::Join': [
            '',
            [
              'arn:',
              ref('AWS::Partition'),
              ':apigateway:x:lambda:path/2015-03-31/functions/',
              att(authorizer),
              '/invocations',
            ],
          ],
        },
      },
    };
  }
  for (const [index, [RouteKey, target]] of Object.entries(routes).entries()) {
    resources[`Integration${index}`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: att(target),
        PayloadFormatVersion: '2.0',
      },
    };
    resources[`Route${index}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref('Api'),
        RouteKey,
        Target: { 'Fn::Join': ['', ['integrations/', ref(`Integration${index}`)]] },
        ...(authorizer && RouteKey !== '$default'
          ? { AuthorizationType: 'CUSTOM', AuthorizerId: ref('Authorizer') }
          : {}),
      },
    };
  }
  return resources;
}
