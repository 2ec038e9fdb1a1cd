import type { FhirResource } from '#libs/fhir';
import type { OperationDeclaration } from '../../../src/fhir/operations';
import type { Request } from './two-worlds';
import { goneId, idOf } from './universe';

/** What is asked of parameters by their names; the rest is left out. */
const VALUES: Readonly<Record<string, string>> = {
  patient: 'Patient/bert', subject: 'Patient/bert', code: 'bertsmark', category: 'bertsmark', url: 'http://example.org/bertsmark', system: 'http://example.org/bertsmark', max: '5', _count: '5', start: '1980-01-01',
};

/** Calls of an operation at every level and of every type it has, about Bert and by guesses at what is his. */
export function operationCalls(declaration: OperationDeclaration, types: readonly string[], his: (type: string) => FhirResource | undefined): Request[] {
  const offered = declaration.types ?? types;
  return declaration.levels.flatMap((level) => {
    if (level === 'system') return asked(declaration, `$${declaration.name}`, his('Patient'));
    if (level === 'type') return offered.flatMap((type) => asked(declaration, `${type}/$${declaration.name}`, his(type)));
    return offered.flatMap((type) => [idOf('anna', type), idOf('bert', type), goneId(type), 'never-was'].flatMap((id) => asked(declaration, `${type}/${id}/$${declaration.name}`, his(type))));
  });
}

function asked({ parameters, affectsState }: OperationDeclaration, path: string, resource: FhirResource | undefined): Request[] {
  const known = parameters.filter(({ name, use, type }) => use === 'in' && VALUES[name] !== undefined && type !== 'Coding' && type !== 'CodeableConcept');
  const query = known.map(({ name }) => `${name}=${encodeURIComponent(VALUES[name]!)}`).join('&');
  const takes = parameters.find(({ use, type }) => use === 'in' && (type === 'Resource' || (type !== undefined && type === resource?.resourceType)));
  const bodies = [{ resourceType: 'Parameters', parameter: [] }, ...(takes && resource ? [{ resourceType: 'Parameters', parameter: [{ name: takes.name, resource }] }] : [])];
  const meta = parameters.some(({ use, type }) => use === 'in' && type === 'Meta') ? [{ resourceType: 'Parameters', parameter: [{ name: 'meta', valueMeta: { tag: [{ system: 'http://example.org/bertsmark', code: 'bertsmark' }] } }] }] : [];
  const posts = [...bodies, ...meta].map((body): Request => ({ method: 'POST', path, body }));
  return affectsState ? posts : [{ method: 'GET', path }, { method: 'GET', path: `${path}?${query}` }, ...posts];
}

/** GraphQL, of everything and of one resource. */
export function graphqlQueries(type: string): Request[] {
  const ask = (path: string, query: string): Request => ({ method: 'POST', path, body: JSON.stringify({ query }), headers: { 'content-type': 'application/json' } });
  const queries = [
    `{ ${type}List { id meta { versionId } } }`, `{ ${type}List(_id: "${idOf('bert', type)}") { id } }`, `{ ${type}List(_tag: "bertsmark") { id } }`, `{ ${type}(id: "${idOf('bert', type)}") { id } }`, `{ ${type}(id: "never-was") { id } }`,
    `{ ${type}Connection(_count: 1) { count edges { resource { id } } } }`,
  ];
  return [...queries.map((query) => ask('$graphql', query)), ask(`${type}/${idOf('bert', type)}/$graphql`, '{ id }'), ask(`Patient/anna/$graphql`, `{ id ${type}List(_reference: patient) { id } }`)];
}
