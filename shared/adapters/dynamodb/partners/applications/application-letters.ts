import { randomUUID } from 'node:crypto';
import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { applicationLetterKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { LetterClaims } from '#shared/application/partners/applications/ports';

/** The claims lie beside the letters, and lapse with the application. */
export function makeLetterClaims(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): LetterClaims {
  const { documents, tableName: TableName } = table;
  const move = (
    { programId, applicationId, version }: Parameters<LetterClaims['start']>[0],
    change: Pick<UpdateCommandInput, 'UpdateExpression' | 'ConditionExpression'> & { readonly values: object },
  ): Promise<boolean> => {
    const { values, ...expressions } = change;
    const input = {
      ...{ TableName, Key: applicationLetterKey(programId, applicationId, version), ...expressions },
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':sending': 'sending', ...values },
    };
    return ifConditionHolds(documents.send(new UpdateCommand(input)));
  };
  return {
    start: (letter) =>
      move(letter, {
        UpdateExpression: 'SET #state = :sending, claimId = :claim',
        // The client repeats a call whose answer was lost: the claim is taken then, and this call's.
        ConditionExpression: '#state = :pending OR (#state = :sending AND claimId = :claim)',
        values: { ':pending': 'pending', ':claim': randomUUID() },
      }),
    async end(letter, end) {
      const to = { ':to': end };
      await move(letter, {
        UpdateExpression: 'SET #state = :to',
        ConditionExpression: '#state = :sending',
        values: to,
      });
    },
    async giveBack(letter) {
      const to = { ':to': 'pending' };
      await move(letter, {
        UpdateExpression: 'SET #state = :to',
        ConditionExpression: '#state = :sending',
        values: to,
      });
    },
  };
}
