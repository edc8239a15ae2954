import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';

export type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

/**
 * All writes or none of them: empty when they were written, else the reason of each in their order.
 * @throws whatever a repeat does not mend (see {@link cancellationCodes})
 */
export async function transact(documents: DynamoDBDocumentClient, TransactItems: Writes): Promise<readonly string[]> {
  try {
    await documents.send(new TransactWriteCommand({ TransactItems }));
    return [];
  } catch (error) {
    const codes = cancellationCodes(error);
    if (!codes) throw error;
    return codes;
  }
}
