import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAssembly, type Template } from '#infra/local/assembly';
import { resolveValue, type Scope } from '#infra/local/intrinsics';
import { compileFilter } from '#infra/local/logs';
import { readModel } from '#infra/local/model';
import { toCroner } from '#infra/local/schedules';
import { removeFolder } from '#test/support/remove-folder';
import { anAssembly, att, ref } from './support/assembly.ts';

const template: Template = {
  Conditions: {
    IsLocal: { 'Fn::Equals': [{ Ref: 'Stage' }, 'local'] },
    IsNot: { 'Fn::Not': [{ Condition: 'IsLocal' }] },
  },
  Mappings: { Sizes: { local: { memory: 128 } } },
};
const scope: Scope = {
  template,
  values: { Stage: 'local', 'AWS::Region': 'eu-west-1', 'AWS::AccountId': '123456789012' },
  ref: (id) => `ref-${id}`,
  attribute: (id, name) => `${id}.${name}`,
  importValue: (name) => `imported-${name}`,
};

/** `#{` stands for the dollar and brace of Fn::Sub, which a linter takes for a forgotten template string. */
const inTemplateSyntax = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('#{', '$' + '{'));

describe('intrinsics', () => {
  test.each([
    [{ Ref: 'Table' }, 'ref-Table'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table.Arn'],
    [{ 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table.Stream.Arn'],
    [{ 'Fn::Join': [':', ['a', { Ref: 'B' }, 1]] }, 'a:ref-B:1'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b,c'] }] }, 'b'],
    [{ 'Fn::Sub': 'arn:#{AWS::Region}:#{Table.Arn}:#{Queue}:#{!Kept}' }, 'arn:eu-west-1:Table.Arn:ref-Queue:#{Kept}'],
    [{ 'Fn::Sub': ['#{a}-#{B}', { a: { Ref: 'A' } }] }, 'ref-A-ref-B'],
    [{ 'Fn::ImportValue': { 'Fn::Sub': 'x-#{Stage}' } }, 'imported-x-local'],
    [{ 'Fn::If': ['IsLocal', 'yes', { Ref: 'AWS::NoValue' }] }, 'yes'],
    [{ a: { 'Fn::If': ['IsNot', 1, { Ref: 'AWS::NoValue' }] }, b: [{ Ref: 'AWS::NoValue' }, 2] }, { b: [2] }],
    [{ 'Fn::FindInMap': ['Sizes', 'local', 'memory'] }, 128],
    [{ 'Fn::Base64': 'hi' }, 'aGk='],
    [{ Condition: { StringEquals: { a: 1 } } }, { Condition: { StringEquals: { a: 1 } } }],
  ])('%j resolves', (value, expected) => {
    expect(resolveValue(inTemplateSyntax(value), scope)).toEqual(inTemplateSyntax(expected));
  });

  test.each([
    [{ 'Fn::GetAZs': '' }, 'intrinsic Fn::GetAZs is not known'],
    [{ 'Fn::Transform': {} }, 'intrinsic Fn::Transform is not known'],
    [{ Ref: 'AWS::Magic' }, 'AWS::Magic is not known'],
    [{ 'Fn::If': ['Nowhere', 1, 2] }, 'condition Nowhere is not declared'],
  ])('%j stops by its name', (value, message) => {
    expect(() => resolveValue(value, scope)).toThrow(message);
  });
});

describe('a template', () => {
  const addresses = { apiUrl: 'http://127.0.0.1:1', servicesUrl: 'http://127.0.0.1:2' };
  const modelOf = (resources: object, more: object = {}) =>
    readModel(readAssembly(anAssembly(resources, {}, more)), addresses, {});

  test('everything unknown in it is named at once', () => {
    expect(() =>
      modelOf({
        Odd: { Type: 'Custom::S3AutoDeleteObjects' },
        Cluster: { Type: 'AWS::ECS::Cluster' },
        Queue: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
        Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: [ref('Gone')] } } },
        Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Description: att('Queue', 'Colour') } },
      }),
    ).toThrow(
      /Custom::S3AutoDeleteObjects[\s\S]*AWS::ECS::Cluster[\s\S]*FifoQueue[\s\S]*Gone is not declared[\s\S]*Queue\.Colour/,
    );
  });

  test('references, attributes and default addresses get local values', () => {
    const model = modelOf(
      {
        Role: { Type: 'AWS::IAM::Role', Properties: {} },
        Queue: { Type: 'AWS::SQS::Queue' },
        Pool: { Type: 'AWS::Cognito::UserPool' },
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
        Work: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Role: att('Role'),
            Environment: {
              Variables: {
                ISSUER: att('Pool', 'ProviderURL'),
                QUEUE: ref('Queue'),
                URL: {
                  'Fn::Join': [
                    '',
                    ['https://', ref('Api'), '.execute-api.', ref('AWS::Region'), '.', ref('AWS::URLSuffix'), '/x'],
                  ],
                },
              },
            },
          },
        },
        Never: { Type: 'AWS::Nothing::AtAll', Condition: 'No' },
      },
      {
        Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
        Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk' } },
      },
    );
    const work = model.ofType('AWS::Lambda::Function')[0]!;
    expect(work).toMatchObject({ name: 'Test-Work', arn: 'arn:aws:lambda:us-east-1:000000000000:function:Test-Work' });
    expect(work.properties.Role).toBe('arn:aws:iam::000000000000:role/Test-Role');
    expect((work.properties.Environment as { Variables: object }).Variables).toEqual({
      ISSUER: 'http://127.0.0.1:2/oidc',
      QUEUE: 'http://127.0.0.1:2/aws/sqs/000000000000/Test-Queue',
      URL: 'http://127.0.0.1:1/x',
    });
  });

  test('one stack imports what another exports', () => {
    const directory = anAssembly(
      { Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } } },
      {},
      {
        Outputs: { Name: { Value: ref('Table'), Export: { Name: 'Test:Table' } } },
      },
    );
    const user = {
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { EventPattern: { source: [{ 'Fn::ImportValue': 'Test:Table' }] } },
      },
    };
    writeFileSync(join(directory, 'User.json'), JSON.stringify({ Resources: user }));
    const stack = (templateFile: string) => ({
      type: 'aws:cloudformation:stack',
      environment: 'aws://1/eu-west-1',
      properties: { templateFile },
    });
    const manifest = { artifacts: { User: stack('User.json'), Test: stack('Test.template.json') } };
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest));
    const model = readModel(readAssembly(directory), addresses, {});
    expect(model.ofType('AWS::Events::Rule')[0]?.properties.EventPattern).toEqual({ source: ['orders'] });
    removeFolder(directory);
  });

  test('a directory without an assembly says how to make one', () => {
    expect(() => readAssembly(mkdtempSync(join(tmpdir(), 'empty-')))).toThrow('npm run synth');
  });
});

describe('log filters and schedules', () => {
  test('a filter matches the lines it names', () => {
    const clicks = compileFilter('{ $.type = "click" }');
    expect([clicks('{"type":"click"}'), clicks('{"type":"other"}'), clicks('{}'), clicks('not json')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    const both = compileFilter('{ ($.a.b = 1) && ($.c != "x") }');
    expect([both('{"a":{"b":1},"c":"y"}'), both('{"a":{"b":2},"c":"y"}'), both('{"a":{"b":1},"c":"x"}')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(compileFilter('')('anything')).toBe(true);
    for (const pattern of ['[ip, user]', '{ $.a = "x*" }', 'ERROR', '{ $.a = 1 || $.b = 2 }'])
      expect(() => compileFilter(pattern)).toThrow('is not known');
  });

  test.each([
    ['cron(0 10 * * ? *)', '0 0 10 * * * *'],
    ['cron(15 12 * * ? *)', '0 15 12 * * * *'],
    ['cron(0 18 ? * MON-FRI *)', '0 0 18 * * MON-FRI *'],
    ['cron(0 8 1 * ? *)', '0 0 8 1 * * *'],
    ['cron(0/10 * ? * 2-6 *)', '0 0/10 * * * 1-5 *'],
    ['cron(0 9 ? * 2#1 *)', '0 0 9 * * 1#1 *'],
    ['cron(0 9 ? * 6L 2026)', '0 0 9 * * 5#L 2026'],
  ])('%s becomes croner’s %s', (expression, fields) => {
    expect(toCroner(expression)).toBe(fields);
  });

  test('another expression stops by its name', () => {
    expect(() => toCroner('at(2026-01-01T00:00:00)')).toThrow('at(2026-01-01T00:00:00) is not known');
  });
});
