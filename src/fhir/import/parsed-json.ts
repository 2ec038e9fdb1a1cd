import { JsonSyntaxError, parseJson } from '#libs/fhir';
import { invalid } from '../../kernel';
import { decodeUtf8 } from './file-bytes';

/** The JSON that `bytes` are; throws `invalid` where they are none. */
export function parsedJson(bytes: Buffer): unknown {
  try {
    return parseJson(decodeUtf8(bytes));
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw invalid(`Not valid JSON: ${error.message}.`);
    if ((error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw invalid('Not valid UTF-8.');
    throw error;
  }
}
