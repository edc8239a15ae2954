import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts findings of the AwsSolutions checks on one construct, by exact id, each with the reason it does not apply. */
export function acknowledge(construct: IConstruct, reasonById: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(reasonById)) Validations.of(construct).acknowledge({ id, reason });
}

/** Accepts one resource with a wildcard. The finding's id spells references as `<LogicalId.Attribute>`. */
export function acknowledgeWildcard(construct: IConstruct, resource: string, reason: string): void {
  acknowledge(construct, { [`AwsSolutions-IAM5[Resource::${spell(Stack.of(construct).resolve(resource))}]`]: reason });
}

function spell(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value && typeof value === 'object') {
    if ('Fn::Join' in value) {
      const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
      return parts.map(spell).join(separator);
    }
    if ('Fn::ImportValue' in value) return String(value['Fn::ImportValue']);
    if ('Ref' in value) return `<${String(value.Ref)}>`;
    if ('Fn::GetAtt' in value) return `<${(value['Fn::GetAtt'] as string[]).join('.')}>`;
  }
  return JSON.stringify(value);
}
