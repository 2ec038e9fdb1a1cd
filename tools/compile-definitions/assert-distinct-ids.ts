import { referenceIdentifierParam, searchParameterId } from '../../libs/fhir/search/parameter-id';
import type { TypeParameter } from './search-parameters';

/** Fails if two parameters, or the identifier companions of reference parameters, share a number. */
export function assertDistinctIds(byType: Map<string, TypeParameter[]>, resourceTypes: readonly string[]): void {
  const owners = new Map<number, string>();
  const claim = (id: number, owner: string): void => {
    const other = owners.get(id);
    if (other !== undefined) throw new Error(`${owner} and ${other} have the same id ${id}`);
    owners.set(id, owner);
  };
  for (const type of resourceTypes) {
    for (const { code } of [...(byType.get('Resource') ?? []), ...(byType.get(type) ?? [])]) {
      const id = searchParameterId(type, code);
      claim(id, `${type}.${code}`);
      claim(referenceIdentifierParam(id), `${type}.${code}:identifier`);
    }
  }
}
