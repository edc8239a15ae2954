import { type AwsEnvironment, makeAwsJson } from '#shared/adapters/aws-json';
import { linkKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { Link, LinkSource } from '#shared/application/tracking/ports';
import type { Instant } from '#shared/domain/time/instant';

/** The redirect's one read, without the SDK: GetItem by signed fetch, its answer read by hand. */
export function makeLinkSource(deps: {
  readonly tableName: string;
  readonly environment: AwsEnvironment;
  readonly fetcher?: typeof fetch;
}): LinkSource {
  const call = makeAwsJson(
    { name: 'dynamodb', version: '1.0', endpointVariable: 'AWS_ENDPOINT_URL_DYNAMODB' },
    deps.environment,
    deps.fetcher,
  );
  return async (slug) => {
    const { pk, sk } = linkKey(slug);
    const answer = await call('DynamoDB_20120810.GetItem', {
      TableName: deps.tableName,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConsistentRead: true,
    });
    if (!answer.Item) return undefined;
    return linkOf(answer.Item as Item);
  };
}

type Item = Readonly<Record<string, { readonly S?: string } | undefined>>;

function linkOf(item: Item): Link {
  const text = (name: string): string => {
    const value = item[name]?.S;
    if (value === undefined) throw new Error(`a link item without ${name}`);
    return value;
  };
  return {
    slug: text('slug'),
    programId: text('programId'),
    partnerId: text('partnerId'),
    destination: text('destination'),
    // Links from before they could be paused say nothing. A word that is not known stops a link rather than opening it.
    status: (item.status?.S ?? 'active') === 'active' ? 'active' : 'paused',
    validUntil: item.validUntil?.S as Instant | undefined,
    utm: item.utm?.S,
  };
}
