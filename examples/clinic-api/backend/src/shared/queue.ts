import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Problem } from './problem';

let client: SQSClient | undefined;

/** Hands work to a worker. Returns the ID of the message. */
export async function enqueue(queueUrl: string | undefined, message: object): Promise<string> {
  if (!queueUrl) throw new Problem(503, 'This clinic has no queue for such work');
  client ??= new SQSClient();
  const sent = await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  return sent.MessageId ?? '';
}
