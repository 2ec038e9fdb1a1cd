import { Inject, Injectable } from '@nestjs/common';
import { resourceTypes, usCoreProfilesOf } from '#libs/fhir';
import { CONFIG, type Config, siteUrls } from '../../config';
import { instant, invalid } from '../../kernel';
import { PATCH_FORMATS } from '../patch/patch-document';
import { capabilityParameters } from '../search';
import { SourceRegistry } from '../store';
import { OfferedOperations } from './offered-operations';
import { operationList, resourceCapability } from './resource-capability';
import { securityCapability } from './security-capability';
import { terminologyCapabilities } from './terminology-capabilities';

/** R4 §3.1.0.11. */
export const METADATA_MODES = ['full', 'normative', 'terminology'] as const;
export type MetadataMode = (typeof METADATA_MODES)[number];

/** Throws `invalid` for what is no mode; without one everything is told. */
export function metadataMode(value: unknown): MetadataMode {
  if (value === undefined) return 'full';
  const mode = METADATA_MODES.find((one) => one === value);
  if (!mode) throw invalid(`mode takes ${METADATA_MODES.join(', ')}.`, [{ path: 'mode', rule: 'value', message: `Expected one of ${METADATA_MODES.join(', ')}.` }]);
  return mode;
}

const INSTANTIATED = ['http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server', 'http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data'];
/** Elements of `rest` and `rest.resource` that R4 holds for trial use. */
const ON_TRIAL = new Set(['security', 'supportedProfile', 'versioning', 'readHistory', 'updateCreate', 'conditionalCreate', 'conditionalRead', 'conditionalUpdate', 'conditionalDelete', 'referencePolicy', 'searchInclude', 'searchRevInclude']);

/** The CapabilityStatement (R4 §5.2), made once per site from what is registered: types, parameters, profiles, operations. */
@Injectable()
export class CapabilityStatement {
  private readonly made = new Map<string, Buffer>();
  private readonly date = instant();

  constructor(
    private readonly registry: SourceRegistry,
    private readonly operations: OfferedOperations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  forSite(site: string, mode: MetadataMode = 'full'): Buffer {
    const key = `${mode} ${site}`;
    let statement = this.made.get(key);
    if (!statement) {
      statement = Buffer.from(JSON.stringify(this.statement(site, mode)));
      this.made.set(key, statement);
    }
    return statement;
  }

  private statement(site: string, mode: MetadataMode): unknown {
    const { fhir } = siteUrls(this.config, site);
    if (mode === 'terminology') return terminologyCapabilities(fhir, this.date, this.operations.all());
    const full = this.full(site, fhir);
    return mode === 'full' ? full : { ...full, rest: full.rest.map((rest) => normative({ ...rest, resource: rest.resource.map(normative) })) };
  }

  private full(site: string, url: string) {
    return {
      resourceType: 'CapabilityStatement',
      url: `${url}/metadata`,
      name: 'Salus',
      title: 'Salus FHIR R4 API',
      status: 'active',
      date: this.date,
      kind: 'instance',
      instantiates: INSTANTIATED,
      software: { name: 'Salus', version: '0.1.0' },
      implementation: { description: 'Salus FHIR R4 API', url },
      fhirVersion: '4.0.1',
      format: ['application/fhir+json', 'json', 'application/fhir+xml', 'xml'],
      patchFormat: PATCH_FORMATS,
      implementationGuide: ['http://hl7.org/fhir/us/core/ImplementationGuide/hl7.fhir.us.core', 'http://hl7.org/fhir/uv/bulkdata/ImplementationGuide/hl7.fhir.uv.bulkdata'],
      rest: [
        {
          mode: 'server',
          security: securityCapability(this.config, site),
          resource: resourceTypes.map((type) => this.resource(type, url)),
          interaction: ['transaction', 'batch', 'history-system', 'search-system'].map((code) => ({ code })),
          searchParam: ofEveryType(),
          ...operationList(this.operations.ofSystem(), url),
        },
      ],
    };
  }

  private resource(type: string, base: string): object {
    return resourceCapability({ type, base, profiles: this.profiles(type), operations: this.operations.of(type), conditionalDelete: this.config.SALUS_CONDITIONAL_DELETE, enforcesReferences: this.config.SALUS_REFERENCES === 'refuse' });
  }

  /** Profiles that a domain's declaration renders, and those of US Core that are checked wherever they are claimed. */
  private profiles(type: string): string[] {
    const sources = this.registry.all().filter(({ source }) => source.types.includes(type));
    return [...new Set([...sources.flatMap(({ source }) => source.profiles?.[type] ?? []), ...usCoreProfilesOf(type)])];
  }
}

/** What a search of the whole system takes: the parameters that no type lacks. */
function ofEveryType(): object[] {
  const { searchParam } = capabilityParameters('Basic');
  return searchParam.filter(({ definition }) => definition.startsWith('http://hl7.org/fhir/SearchParameter/Resource-'));
}

const normative = (part: object): object => Object.fromEntries(Object.entries(part).filter(([name]) => !ON_TRIAL.has(name)));
