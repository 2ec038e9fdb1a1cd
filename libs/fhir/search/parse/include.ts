import { isResourceType } from '../../definitions/resource-types';
import type { Include, ParameterRef } from '../expression';
import { searchParameter } from '../search-parameters';
import { quoted, SearchSyntaxError } from './search-syntax-error';

type IncludeName = '_include' | '_revinclude';

const shape = (name: string) => new SearchSyntaxError(name, `“${name}” is written Type:parameter or Type:parameter:Target, with * for every reference.`);

/** R4 §3.1.1.5.4. `type` is what is searched; without `:iterate` an include starts or ends there. */
export function parseInclude(type: string, name: IncludeName, value: string, iterate: boolean): Include {
  if (value === '*') return { source: name === '_include' && !iterate ? type : '*', iterate };
  const [source, code, target, ...more] = value.split(':');
  if (!isResourceType(source) || !code || more.length > 0) throw shape(name);
  if (target !== undefined && !isResourceType(target)) throw shape(name);
  const parameter = code === '*' ? undefined : referenceParameter(name, source, code);
  const include = { source, iterate, ...(parameter && { parameter }), ...(target !== undefined && { target }) };
  if (!iterate) checkStart(type, name, include);
  return include;
}

function referenceParameter(name: IncludeName, source: string, code: string): ParameterRef {
  const parameter = searchParameter(source, code);
  if (parameter?.type !== 'reference') throw new SearchSyntaxError(name, `“${name}” must name a reference parameter of ${source}; ${quoted(code)} is none.`);
  return parameter;
}

/** An include that could never find anything is a mistake worth telling. */
function checkStart(type: string, name: IncludeName, { source, parameter, target }: Include): void {
  if (name === '_include' && source !== type) throw new SearchSyntaxError(name, `“_include” from ${source} needs :iterate, since the search is for ${type}.`);
  if (name === '_revinclude' && (target ?? type) !== type) throw new SearchSyntaxError(name, `“_revinclude” to ${target} needs :iterate, since the search is for ${type}.`);
  const end = name === '_include' ? target : type;
  if (end && parameter && !parameter.targets.includes(end)) throw new SearchSyntaxError(name, `“${parameter.code}” of ${source} never refers to ${end}.`);
}
