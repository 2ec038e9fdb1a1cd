import { define, isJsonObject, type JsonObject } from './json-values';

/** Says that nothing is left. */
const NOTHING = Symbol('nothing');

/**
 * FHIR knows no empty lists and objects (R4 §2.6.2): those that a removal left behind go too, and what held nothing
 * else with them. What was given empty stays, to be refused.
 */
export function withoutEmptied(root: unknown, emptied: ReadonlySet<unknown>): unknown {
  const rest = prune(root, emptied, false);
  return rest === NOTHING ? {} : rest;
}

/** `parallel`: a list whose items stand beside those of another (`_given`), so that none may move up. */
function prune(value: unknown, emptied: ReadonlySet<unknown>, parallel: boolean): unknown {
  if (Array.isArray(value)) return pruneList(value, emptied, parallel);
  return isJsonObject(value) ? pruneObject(value, emptied) : value;
}

function pruneList(list: unknown[], emptied: ReadonlySet<unknown>, parallel: boolean): unknown {
  const items = list.map((item) => prune(item, emptied, false));
  const lost = emptied.has(list) || items.includes(NOTHING);
  const rest = parallel ? items.map((item) => (item === NOTHING ? null : item)) : items.filter((item) => item !== NOTHING);
  return lost && rest.every((item) => parallel && item === null) ? NOTHING : rest;
}

function pruneObject(object: JsonObject, emptied: ReadonlySet<unknown>): unknown {
  let lost = emptied.has(object);
  for (const name of Object.keys(object)) {
    const rest = prune(object[name], emptied, name.startsWith('_'));
    if (rest === NOTHING) {
      delete object[name];
      lost = true;
    } else define(object, name, rest);
  }
  return lost && Object.keys(object).length === 0 ? NOTHING : object;
}
