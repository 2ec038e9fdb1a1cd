import type { UriTest } from '#libs/fhir';
import { keyText } from '../../store/index-rows';
import { everyVersion } from './reference.condition';
import { textCondition } from './text.condition';
import { any, type Fragment, isIn, name, sql } from '../sql/fragment';

/** R4 §3.1.1.4.13: the whole, character by character; `:below` what lies under a path, `:above` the paths over it. */
export function uriCondition({ values, modifier }: UriTest, t: string): Fragment {
  const uri = name(`${t}.uri`);
  const asked = values.map((value) => value.uri);
  if (modifier === 'below') return any(asked.map((one) => below(one, uri)));
  if (modifier === 'above') return isIn(uri, asked.flatMap(pathsAbove).map(key));
  const texts = asked.flatMap((one) => textCondition(uri, one, modifier) ?? []);
  if (texts.length > 0) return any(texts);
  return any([isIn(uri, asked.map(key)), ...values.filter((value) => value.canonical).map((value) => everyVersion(value.uri, uri))]);
}

const key = (text: string): string => keyText(text, 190);

function below(text: string, uri: Fragment): Fragment {
  const folder = text.endsWith('/') ? text : `${text}/`;
  return any([sql`${uri} = ${key(text)}`, sql`${uri} >= ${folder} AND ${uri} < ${`${folder}\u{10FFFF}`}`]);
}

/** `http://a.org/x/y` → itself, `http://a.org/x`, `http://a.org`, each also with its slash. */
function pathsAbove(text: string): string[] {
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(text)?.[0] ?? text;
  const paths = new Set([text]);
  for (let at = text.length; at > origin.length; at = text.lastIndexOf('/', at - 1)) paths.add(text.slice(0, at)).add(text.slice(0, at + 1));
  return [...paths.add(origin), `${origin}/`];
}
