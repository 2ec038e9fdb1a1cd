import type { ValueSetResource } from '#libs/terminology';
import { invalid } from '../../kernel';
import type { OperationCall } from '../operations';
import type { Definitions } from './definitions';

/** The value set a call is about: the instance, the one sent along, or the one named by `url`. */
export async function valueSetOf(definitions: Definitions, { access, id, input }: OperationCall): Promise<ValueSetResource> {
  const [url, sent] = [input.text('url'), input.resource('valueSet') as ValueSetResource | undefined];
  if ([id, url, sent].filter((one) => one !== undefined).length !== 1) {
    throw invalid('Name one value set.', [{ path: 'url', rule: 'required', message: 'Name one value set: by its id in the address, by url, or as valueSet.' }]);
  }
  if (sent) return sent;
  if (id !== undefined) return definitions.read<ValueSetResource>(access, 'ValueSet', id);
  return definitions.get<ValueSetResource>(access, 'ValueSet', url!, input.text('valueSetVersion'));
}
