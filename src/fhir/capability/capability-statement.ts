import { Inject, Injectable } from '@nestjs/common';
import { resourceTypes } from '#libs/fhir';
import { smartConfiguration } from '../../auth';
import { CONFIG, type Config, siteUrls } from '../../config';
import { instant } from '../../kernel';
import { PATCH_FORMATS } from '../patch/patch-document';
import { capabilityParameters } from '../search';
import { SourceRegistry } from '../store';

/** What is offered for every type alike. */
const INTERACTIONS = ['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'create', 'search-type'];

const EXPORT = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition';

/** The CapabilityStatement (R4 §5.2), made once per site from what is registered: types, parameters, operations. */
@Injectable()
export class CapabilityStatement {
  private readonly made = new Map<string, Buffer>();
  private readonly date = instant();

  constructor(
    private readonly registry: SourceRegistry,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  forSite(site: string): Buffer {
    let statement = this.made.get(site);
    if (!statement) {
      statement = Buffer.from(JSON.stringify(this.statement(site)));
      this.made.set(site, statement);
    }
    return statement;
  }

  private statement(site: string): unknown {
    const url = siteUrls(this.config, site).fhir;
    return {
      resourceType: 'CapabilityStatement',
      url: `${url}/metadata`,
      name: 'Salus',
      title: 'Salus FHIR R4 API',
      status: 'active',
      date: this.date,
      kind: 'instance',
      instantiates: ['http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server', 'http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data'],
      software: { name: 'Salus', version: '0.1.0' },
      implementation: { description: 'Salus FHIR R4 API', url },
      fhirVersion: '4.0.1',
      patchFormat: [...PATCH_FORMATS],
      format: ['application/fhir+json', 'json'],
      rest: [
        {
          mode: 'server',
          security: this.security(site),
          resource: resourceTypes.map((type) => this.resource(type)),
          interaction: [{ code: 'transaction' }, { code: 'batch' }],
          operation: [{ name: 'export', definition: `${EXPORT}/export` }],
        },
      ],
    };
  }

  private security(site: string): unknown {
    const urls = siteUrls(this.config, site);
    return {
      cors: true,
      service: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }], text: 'OAuth2 using SMART on FHIR' }],
      extension: [
        {
          url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
          extension: [
            { url: 'authorize', valueUri: `${urls.oauth}/authorize` },
            { url: 'token', valueUri: `${urls.oauth}/token` },
            { url: 'register', valueUri: `${urls.oauth}/registration` },
            { url: 'introspect', valueUri: `${urls.oauth}/introspect` },
          ],
        },
        ...(smartConfiguration(this.config, site).capabilities as string[]).map((code) => ({ url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/capabilities', valueCode: code })),
      ],
    };
  }

  private resource(type: string): unknown {
    const { searchParam, searchInclude, searchRevInclude } = capabilityParameters(type);
    return {
      type,
      profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
      ...this.profiles(type),
      interaction: INTERACTIONS.map((code) => ({ code })),
      versioning: 'versioned-update',
      readHistory: true,
      updateCreate: true,
      conditionalCreate: true,
      conditionalRead: 'full-support',
      conditionalUpdate: true,
      conditionalDelete: this.config.SALUS_CONDITIONAL_DELETE,
      referencePolicy: ['literal', 'logical', ...(this.config.SALUS_REFERENCES === 'refuse' ? ['enforced'] : [])],
      // An empty list is no valid JSON of FHIR.
      ...(searchInclude.length > 0 && { searchInclude }),
      ...(searchRevInclude.length > 0 && { searchRevInclude }),
      searchParam,
      ...operationsOf(type),
    };
  }

  /** Profiles that a domain's declaration renders. */
  private profiles(type: string): object {
    const sources = this.registry.all().filter(({ source }) => source.types.includes(type));
    const profiles = sources.flatMap(({ source }) => source.profiles?.[type] ?? []);
    return profiles.length > 0 ? { supportedProfile: [...new Set(profiles)] } : {};
  }
}

function operationsOf(type: string): object {
  if (type === 'Patient') return { operation: [{ name: 'export', definition: `${EXPORT}/patient-export` }] };
  if (type === 'Group') return { operation: [{ name: 'export', definition: `${EXPORT}/group-export` }] };
  return {};
}
