import { INDEX_FILE } from './entry-source';
import { CodeFile } from '../../routers/built-code';

/** A function that does nothing. Its cold start is that of Node.js and the runtime client alone. */
export const EMPTY_FUNCTION: CodeFile = {
  path: INDEX_FILE,
  contents: Buffer.from('export const handler = async () => ({ statusCode: 200, body: "" });\n'),
};
