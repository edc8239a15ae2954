/** How a type answers Ref and GetAtt. `%n` is the physical name, `%a` the ARN, `%r` the region, `%u` the services' URL, `%p` the API's. */
export type ResourceType = {
  /** Property that sets the physical name; without it the name is made of stack and logical id. */
  readonly name?: string | undefined;
  /** ARN after `arn:aws:`; `%h` stands for region and account. */
  readonly arn?: string | undefined;
  readonly ref?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /** Properties this host acts on. */
  readonly uses?: string | undefined;
  /** Properties without effect on one machine; `*` accepts all, for types that do nothing here. */
  readonly accepts?: string | undefined;
};

const ARN = { Arn: '%a' };
const NOTHING: ResourceType = { accepts: '*' };
const GRANT: ResourceType = { accepts: '*', attributes: { Id: '%n' } };

/** Every resource type the local host knows. Any other type, or a property not listed, stops the start by its name. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    arn: 'dynamodb:%h:table/%n',
    attributes: { ...ARN, StreamArn: '%a/stream/local' },
    uses: 'AttributeDefinitions KeySchema GlobalSecondaryIndexes StreamSpecification TimeToLiveSpecification BillingMode',
    accepts:
      'PointInTimeRecoverySpecification DeletionProtectionEnabled SSESpecification Tags TableClass ContributorInsightsSpecification OnDemandThroughput WarmThroughput ResourcePolicy',
  },
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    arn: 'lambda:%h:function:%n',
    attributes: ARN,
    uses: 'Code Handler Runtime Timeout MemorySize Environment Role LoggingConfig ReservedConcurrentExecutions DeadLetterConfig',
    accepts:
      'Description Architectures Tags TracingConfig PackageType EphemeralStorage RecursiveLoop RuntimeManagementConfig',
  },
  'AWS::Lambda::EventSourceMapping': {
    attributes: { Id: '%n' },
    uses: 'EventSourceArn FunctionName BatchSize MaximumRetryAttempts BisectBatchOnFunctionError DestinationConfig FilterCriteria StartingPosition FunctionResponseTypes Enabled MaximumRecordAgeInSeconds MaximumBatchingWindowInSeconds',
    accepts: 'ParallelizationFactor Tags MetricsConfig',
  },
  'AWS::Lambda::EventInvokeConfig': {
    uses: 'FunctionName Qualifier MaximumRetryAttempts DestinationConfig MaximumEventAgeInSeconds',
  },
  'AWS::Lambda::Permission': GRANT,
  'AWS::IAM::Role': { name: 'RoleName', arn: 'iam::%c:role/%n', attributes: { ...ARN, RoleId: '%n' }, accepts: '*' },
  'AWS::IAM::Policy': GRANT,
  'AWS::IAM::ManagedPolicy': { arn: 'iam::%c:policy/%n', ref: '%a', accepts: '*' },
  'AWS::Logs::LogGroup': {
    name: 'LogGroupName',
    arn: 'logs:%h:log-group:%n',
    attributes: { Arn: '%a:*' },
    accepts: 'RetentionInDays KmsKeyId LogGroupClass Tags DeletionProtectionEnabled',
  },
  'AWS::Logs::SubscriptionFilter': { uses: 'DestinationArn FilterPattern LogGroupName', accepts: 'FilterName RoleArn' },
  'AWS::Logs::MetricFilter': NOTHING,
  'AWS::Logs::ResourcePolicy': NOTHING,
  'AWS::Logs::QueryDefinition': NOTHING,
  'AWS::ApiGatewayV2::Api': {
    attributes: { ApiEndpoint: '%p', ApiId: '%n' },
    uses: 'ProtocolType',
    accepts: 'Name Description Tags DisableExecuteApiEndpoint CorsConfiguration IpAddressType Version',
  },
  'AWS::ApiGatewayV2::Stage': {
    ref: '$default',
    uses: 'ApiId StageName AutoDeploy',
    accepts: 'DefaultRouteSettings RouteSettings AccessLogSettings Description Tags',
  },
  'AWS::ApiGatewayV2::Integration': {
    attributes: { IntegrationId: '%n' },
    uses: 'ApiId IntegrationType IntegrationUri PayloadFormatVersion TimeoutInMillis',
    accepts: 'IntegrationMethod Description ConnectionType',
  },
  'AWS::ApiGatewayV2::Route': {
    uses: 'ApiId RouteKey Target AuthorizationType AuthorizerId',
    accepts: 'OperationName ApiKeyRequired',
  },
  'AWS::ApiGatewayV2::Authorizer': {
    attributes: { AuthorizerId: '%n' },
    uses: 'ApiId AuthorizerType AuthorizerUri AuthorizerPayloadFormatVersion EnableSimpleResponses IdentitySource',
    accepts: 'Name AuthorizerResultTtlInSeconds AuthorizerCredentialsArn',
  },
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    arn: 'states:%h:stateMachine:%n',
    ref: '%a',
    attributes: { ...ARN, Name: '%n' },
    uses: 'Definition DefinitionString DefinitionSubstitutions StateMachineType RoleArn',
    accepts: 'LoggingConfiguration TracingConfiguration Tags EncryptionConfiguration',
  },
  'AWS::Events::EventBus': {
    name: 'Name',
    arn: 'events:%h:event-bus/%n',
    attributes: { ...ARN, Name: '%n' },
    accepts: 'Description DeadLetterConfig KmsKeyIdentifier Tags LogConfig Policy',
  },
  'AWS::Events::Rule': {
    name: 'Name',
    arn: 'events:%h:rule/%n',
    attributes: ARN,
    uses: 'EventBusName EventPattern State Targets',
    accepts: 'Description RoleArn Tags',
  },
  'AWS::Events::Archive': { name: 'ArchiveName', arn: 'events:%h:archive/%n', attributes: ARN, accepts: '*' },
  'AWS::Scheduler::ScheduleGroup': {
    name: 'Name',
    arn: 'scheduler:%h:schedule-group/%n',
    attributes: ARN,
    accepts: 'Tags',
  },
  'AWS::Scheduler::Schedule': {
    name: 'Name',
    arn: 'scheduler:%h:schedule/default/%n',
    attributes: ARN,
    uses: 'ScheduleExpression ScheduleExpressionTimezone State Target',
    accepts: 'Description FlexibleTimeWindow GroupName KmsKeyArn',
  },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    arn: 'sqs:%h:%n',
    ref: '%u/aws/sqs/%c/%n',
    attributes: { ...ARN, QueueName: '%n', QueueUrl: '%u/aws/sqs/%c/%n' },
    uses: 'VisibilityTimeout',
    accepts: 'MessageRetentionPeriod SqsManagedSseEnabled KmsMasterKeyId KmsDataKeyReusePeriodSeconds Tags',
  },
  'AWS::SQS::QueuePolicy': NOTHING,
  'AWS::S3::Bucket': {
    name: 'BucketName',
    arn: 's3:::%n',
    attributes: { ...ARN, DomainName: '%n.s3.amazonaws.com', RegionalDomainName: '%n.s3.%r.amazonaws.com' },
    accepts:
      'BucketEncryption PublicAccessBlockConfiguration VersioningConfiguration LifecycleConfiguration OwnershipControls ObjectLockEnabled ObjectLockConfiguration LoggingConfiguration AccessControl Tags',
  },
  'AWS::S3::BucketPolicy': NOTHING,
  'AWS::SecretsManager::Secret': {
    name: 'Name',
    arn: 'secretsmanager:%h:secret:%n',
    ref: '%a',
    attributes: { Id: '%a' },
    uses: 'GenerateSecretString SecretString',
    accepts: 'Description KmsKeyId Tags ReplicaRegions',
  },
  'AWS::SecretsManager::ResourcePolicy': NOTHING,
  'AWS::SES::EmailIdentity': { name: 'EmailIdentity', arn: 'ses:%h:identity/%n', accepts: '*' },
  'AWS::SES::ConfigurationSet': {
    name: 'Name',
    accepts:
      'DeliveryOptions ReputationOptions SendingOptions SuppressionOptions TrackingOptions VdmOptions ArchivingOptions Tags',
  },
  'AWS::SES::ConfigurationSetEventDestination': { uses: 'ConfigurationSetName EventDestination' },
  'AWS::Cognito::UserPool': {
    arn: 'cognito-idp:%h:userpool/%n',
    attributes: { ...ARN, UserPoolId: '%n', ProviderURL: '%u/oidc', ProviderName: 'local/%n' },
    accepts: '*',
  },
  'AWS::Cognito::UserPoolClient': {
    attributes: { ClientId: '%n', Name: '%n' },
    uses: 'CallbackURLs LogoutURLs',
    accepts:
      'AccessTokenValidity AllowedOAuthFlows AllowedOAuthFlowsUserPoolClient AllowedOAuthScopes EnableTokenRevocation ' +
      'ExplicitAuthFlows GenerateSecret IdTokenValidity PreventUserExistenceErrors RefreshTokenRotation ' +
      'RefreshTokenValidity SupportedIdentityProviders TokenValidityUnits UserPoolId',
  },
  'AWS::Cognito::UserPoolGroup': { name: 'GroupName', accepts: '*' },
  'AWS::Cognito::ManagedLoginBranding': { accepts: '*' },
  'AWS::Cognito::UserPoolDomain': { name: 'Domain', accepts: '*' },
  'AWS::CloudWatch::Alarm': { name: 'AlarmName', arn: 'cloudwatch:%h:alarm:%n', attributes: ARN, accepts: '*' },
  'AWS::CloudWatch::CompositeAlarm': {
    name: 'AlarmName',
    arn: 'cloudwatch:%h:alarm:%n',
    attributes: ARN,
    accepts: '*',
  },
  'AWS::CloudWatch::Dashboard': { name: 'DashboardName', accepts: '*' },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    arn: 'sns:%h:%n',
    ref: '%a',
    attributes: { TopicArn: '%a', TopicName: '%n' },
    accepts: '*',
  },
  'AWS::SNS::TopicPolicy': NOTHING,
  'AWS::SNS::Subscription': NOTHING,
  'AWS::KMS::Key': {
    arn: 'kms:%h:key/%n',
    attributes: { ...ARN, KeyId: '%n' },
    accepts: 'Description EnableKeyRotation KeyPolicy PendingWindowInDays RotationPeriodInDays Tags',
  },
  'AWS::KMS::Alias': { name: 'AliasName', uses: 'TargetKeyId' },
  'AWS::CDK::Metadata': NOTHING,
};
