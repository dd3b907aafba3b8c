import { INDEX_FILE } from './entry-source';
import { CodeFile } from '../../routers/built-code';

/** A function that does nothing. Its cold start is that of Python and the runtime client alone. */
export const EMPTY_FUNCTION: CodeFile = {
  path: INDEX_FILE,
  contents: Buffer.from('def handler(event, context):\n    return {"statusCode": 200, "body": ""}\n'),
};
