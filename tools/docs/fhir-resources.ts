/** What the page needs to know of a domain's declaration. */
export interface DeclaredSource {
  key: string;
  version: number;
  types: readonly string[];
  profiles?: Readonly<Record<string, readonly string[]>>;
}

interface Operation {
  name: string;
  definition: string;
  documentation: string;
}

interface TypeCapability {
  type: string;
  interaction: { code: string }[];
  searchParam: { name: string; type: string }[];
  operation?: Operation[];
  supportedProfile?: string[];
}

/** As much of a CapabilityStatement as the page shows. */
export interface Capability {
  format: string[];
  patchFormat: string[];
  rest: [{ interaction: { code: string }[]; resource: TypeCapability[]; operation?: Operation[] }];
}

const BASE = 'http://hl7.org/fhir/us/core/StructureDefinition/';

/** What the FHIR API offers, as its CapabilityStatement says it, and which domains keep a row besides. */
export function fhirResourcesPage(sources: readonly DeclaredSource[], { format, patchFormat, rest: [rest] }: Capability): string {
  const types = rest.resource.map(({ type }) => type);
  const declared = types.filter((type) => sources.some((source) => source.types.includes(type)));
  const rows = declared.flatMap((type) => sources.filter((source) => source.types.includes(type)).map((source) => declaredRow(type, source)));
  const others = types.filter((type) => !declared.includes(type));
  return `# FHIR resources

Written from the CapabilityStatement (\`GET metadata\`) of the application; \`test/fhir/claims.e2e-spec.ts\` calls everything it says.

- Each of the ${types.length} R4 types: ${codes(rest.resource[0]!.interaction)}; conditional create, read, update, patch and delete; export.
- The whole system: ${codes(rest.interaction)}.
- Formats: ${format.map(code).join(', ')}. Patches: ${patchFormat.map(code).join(', ')}.

## Domains

For these types a domain keeps a row as well, which the standard API shows; a write on either side shows on the other.

| type | declaration | version | profiles |
| --- | --- | --- | --- |
${rows.join('\n')}

Kept by the store alone: ${others.join(', ')}.

## Operations

| operation | of | definition |
| --- | --- | --- |
${operationRows(rest.resource, rest.operation ?? []).join('\n')}

## Search parameters

Every type: ${shared(rest.resource).map(code).join(', ')}. Besides:

| type | parameters |
| --- | --- |
${rest.resource.map((one) => `| ${one.type} | ${own(one, shared(rest.resource)).join(', ')} |`).join('\n')}
`;
}

const code = (text: string): string => `\`${text}\``;

const codes = (interactions: readonly { code: string }[]): string => interactions.map((one) => one.code).join(', ');

function declaredRow(type: string, { key, version, profiles }: DeclaredSource): string {
  const links = [...new Set(profiles?.[type])].map((url) => `[${url.replace(BASE, '')}](${url})`);
  return `| ${type} | \`${key}\` | ${version} | ${links.join(', ')} |`;
}

/** One row for each definition; ours are told by their name, since their address depends on the site. */
function operationRows(resources: readonly TypeCapability[], ofSystem: readonly Operation[]): string[] {
  const found = new Map<string, { operation: Operation; places: string[] }>();
  const note = (operation: Operation, place: string): void => {
    const known = found.get(operation.definition) ?? { operation, places: [] };
    known.places.push(place);
    found.set(operation.definition, known);
  };
  for (const operation of ofSystem) note(operation, 'the system');
  for (const { type, operation = [] } of resources) for (const one of operation) note(one, type);
  const isOfEvery = (places: readonly string[]): boolean => resources.every(({ type }) => places.includes(type));
  const of = (places: readonly string[]): string => (isOfEvery(places) ? [...places.filter((place) => place === 'the system'), 'every type'] : places).join(', ');
  const rows = [...found.values()].map(({ operation, places }) => `| \`$${operation.name}\` | ${of(places)} | ${definition(operation)} |`);
  return rows.sort();
}

const definition = ({ definition: url, documentation }: Operation): string => (url.startsWith('http://hl7.org/') ? `[${url.slice(url.lastIndexOf('/') + 1)}](${url})` : documentation.replaceAll('|', '\\|'));

/** What every type is searched by. */
function shared(resources: readonly TypeCapability[]): string[] {
  const [first, ...others] = resources.map(({ searchParam }) => searchParam.map(({ name }) => name));
  return first!.filter((name) => others.every((names) => names.includes(name)));
}

const own = ({ searchParam }: TypeCapability, common: readonly string[]): string[] => searchParam.filter(({ name }) => !common.includes(name)).map(({ name, type }) => `${code(name)} (${type})`);
