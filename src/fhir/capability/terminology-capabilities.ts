import type { FhirResource } from '#libs/fhir';
import { builtIn } from '#libs/terminology';
import { groupBy } from '../../kernel';
import type { OfferedOperation } from './offered-operations';

const EXPAND = 'http://hl7.org/fhir/OperationDefinition/ValueSet-expand';

/** What `metadata?mode=terminology` answers (R4 §5.4): the code systems at hand and what can be asked of them. */
export function terminologyCapabilities(base: string, date: string, operations: readonly OfferedOperation[]): FhirResource {
  const systems = groupBy(builtIn.list('CodeSystem'), ({ url }) => url);
  const expand = operations.find(({ definition }) => definition === EXPAND);
  const asked = (expand?.parameters ?? []).filter(({ use }) => use === 'in');
  return {
    resourceType: 'TerminologyCapabilities',
    url: `${base}/metadata?mode=terminology`,
    name: 'SalusTerminology',
    title: 'Salus terminology',
    status: 'active',
    date,
    description: 'Code systems of FHIR R4 and US Core, and those that are uploaded.',
    kind: 'instance',
    software: { name: 'Salus', version: '0.1.0' },
    implementation: { description: 'Salus FHIR R4 API', url: base },
    codeSystem: [...systems].map(([uri, entries]) => ({ uri, version: [...new Set(entries.map(({ version }) => version))].filter((code) => code !== '').map((code) => ({ code })) })).map(withoutEmpty),
    ...(expand && { expansion: { hierarchical: true, paging: true, incomplete: false, parameter: asked.map(({ name, documentation }) => ({ name, documentation })) } }),
    codeSearch: 'all',
    validateCode: { translations: false },
    translation: { needsMap: true },
    closure: { translation: false },
  };
}

function withoutEmpty({ uri, version }: { uri: string; version: object[] }): object {
  return version.length > 0 ? { uri, version } : { uri };
}
