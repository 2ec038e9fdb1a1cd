/** What the page needs to know of a domain's declaration. */
export interface DeclaredSource {
  key: string;
  version: number;
  types: readonly string[];
  profiles?: Readonly<Record<string, readonly string[]>>;
}

const BASE = 'http://hl7.org/fhir/us/core/StructureDefinition/';

/** Which FHIR types domains contribute, from which declaration, in which profiles; every other type is the store's alone. */
export function fhirResourcesPage(sources: readonly DeclaredSource[], types: readonly string[]): string {
  const declared = types.filter((type) => sources.some((source) => source.types.includes(type)));
  const rows = declared.flatMap((type) => sources.filter((source) => source.types.includes(type)).map((source) => row(type, source)));
  const rest = types.filter((type) => !declared.includes(type));
  return `# FHIR resources

All ${types.length} R4 types are created, read, updated, deleted, versioned, searched and exported. For these a domain keeps a row as well, which the
standard API shows; a write on either side shows on the other.

| type | declaration | version | profiles |
| --- | --- | --- | --- |
${rows.join('\n')}

Kept by the store alone: ${rest.join(', ')}.
`;
}

function row(type: string, { key, version, profiles }: DeclaredSource): string {
  const links = [...new Set(profiles?.[type])].map((url) => `[${url.replace(BASE, '')}](${url})`);
  return `| ${type} | \`${key}\` | ${version} | ${links.join(', ')} |`;
}
