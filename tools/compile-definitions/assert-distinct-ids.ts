import { parameterNumbers, searchParameterId } from '../../libs/fhir/search/parameter-id';
import type { TypeParameter } from './search-parameters';

/** Kept as text for `_text` and `_content`, without an expression to read. */
const TEXTS = ['_text', '_content'];

/** Fails if two parameters, or the companions of parameters, share a number. */
export function assertDistinctIds(byType: Map<string, TypeParameter[]>, resourceTypes: readonly string[]): void {
  const owners = new Map<number, string>();
  const claim = (id: number, owner: string): void => {
    const other = owners.get(id);
    if (other !== undefined) throw new Error(`${owner} and ${other} have the same id ${id}`);
    owners.set(id, owner);
  };
  for (const type of resourceTypes) {
    for (const code of [...[...(byType.get('Resource') ?? []), ...(byType.get(type) ?? [])].map((parameter) => parameter.code), ...TEXTS]) {
      for (const [index, id] of parameterNumbers(searchParameterId(type, code)).entries()) claim(id, `${type}.${code} (${index})`);
    }
  }
}
