import { expect, test } from 'vitest';
import { checkPattern, matchesPattern } from '#infra/local/event-pattern';

const EC2 = {
  version: '0',
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  region: 'us-west-1',
  resources: ['arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0'],
  detail: {
    'instance-id': 'i-1234567890abcdef0',
    state: 'terminated',
    'source-ip': '10.0.0.24',
    'c-count': 5,
    'd-count': 3,
    ok: null,
    path: 'dir/image.PNG',
  },
};
const detail = (rules: object): object => ({ detail: rules });

/** Patterns of the user guide ("Comparison operators", "Creating event patterns") against one of its events. */
test.each([
  [{ source: ['aws.ec2'] }, true],
  [{ source: ['aws.s3', 'aws.ec2'], 'detail-type': ['EC2 Instance State-change Notification'] }, true],
  [{ source: ['aws.s3'] }, false],
  [{ source: ['aws.ec2'], account: ['1'] }, false],
  [{ resources: ['arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0'] }, true],
  [{ resources: [{ prefix: 'arn:aws:ec2:us-west-2' }] }, false],
  [detail({ state: [{ prefix: 'term' }] }), true],
  [detail({ path: [{ suffix: '.png' }] }), false],
  [detail({ path: [{ suffix: { 'equals-ignore-case': '.png' } }] }), true],
  [detail({ path: [{ prefix: { 'equals-ignore-case': 'DIR/' } }] }), true],
  [detail({ path: [{ wildcard: 'dir/*.PNG' }] }), true],
  [detail({ path: [{ wildcard: '*.gif' }] }), false],
  [detail({ state: [{ 'equals-ignore-case': 'TERMINATED' }] }), true],
  [detail({ state: [{ 'anything-but': 'initializing' }] }), true],
  [detail({ state: [{ 'anything-but': ['stopped', 'terminated'] }] }), false],
  [detail({ state: [{ 'anything-but': { prefix: 'init' } }] }), true],
  [detail({ state: [{ 'anything-but': { suffix: ['ted', 'x'] } }] }), false],
  [detail({ state: [{ 'anything-but': { 'equals-ignore-case': ['TERMINATED'] } }] }), false],
  [detail({ path: [{ 'anything-but': { wildcard: '*/img*' } }] }), true],
  [detail({ missing: [{ 'anything-but': 'x' }] }), false],
  [detail({ 'c-count': [{ numeric: ['>', 0, '<=', 5] }], 'd-count': [{ numeric: ['<', 10] }] }), true],
  [detail({ 'c-count': [{ numeric: ['=', 3.018e2] }] }), false],
  [detail({ 'c-count': ['5'] }), false],
  [detail({ 'source-ip': [{ cidr: '10.0.0.0/24' }] }), true],
  [detail({ 'source-ip': [{ cidr: '10.0.1.0/24' }] }), false],
  [detail({ ok: [null] }), true],
  [detail({ ok: [{ exists: true }] }), true],
  [detail({ missing: [{ exists: false }] }), true],
  [detail({ state: [{ exists: false }] }), false],
  [detail({ $or: [{ 'c-count': [{ numeric: ['>', 0] }] }, { missing: ['x'] }] }), true],
  [{ source: ['aws.ec2'], ...detail({ $or: [{ state: ['running'] }, { missing: ['x'] }] }) }, false],
  [{ $or: [{ source: ['aws.s3'] }, detail({ state: ['terminated'] })] }, true],
])('%j matches: %s', (pattern, expected) => {
  expect(matchesPattern(pattern, EC2)).toBe(expected);
});

test('a filter on a stream record looks into its typed attributes', () => {
  const record = { eventName: 'INSERT', dynamodb: { NewImage: { kind: { S: 'run' }, n: { N: '1' } } } };
  expect(
    matchesPattern({ eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { kind: { S: ['run'] } } } }, record),
  ).toBe(true);
  expect(matchesPattern({ dynamodb: { NewImage: { kind: { S: [{ prefix: 'po' }] } } } }, record)).toBe(false);
});

test('an operator it does not know stops by its name', () => {
  expect(() => checkPattern({ detail: { a: [{ regex: 'x' }] } }, 'rule R')).toThrow(
    'rule R: operator regex is not known',
  );
  expect(() => checkPattern({ source: 'aws.ec2' }, 'rule R')).toThrow('needs a list');
});
