import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type Config, siteUrls } from '../config';
import { completeDocument } from './openapi-document';

/** The public client that the explorer signs in with; `salus demo` and `salus client explorer` register it. */
export const EXPLORER_CLIENT = 'salus-api-explorer';

/** The OpenAPI document of all three APIs. */
export function openApiDocument(app: NestFastifyApplication, config: Config): OpenAPIObject {
  const urls = siteUrls(config, config.SITES[0]!);
  const builder = new DocumentBuilder()
    .setTitle('Salus')
    .setDescription('Standard API, patient portal API, OAuth2 and FHIR R4.')
    .setVersion('0.1.0')
    .addServer(config.BASE_URL)
    .addOAuth2({
      type: 'oauth2',
      flows: { authorizationCode: { authorizationUrl: `${urls.oauth}/authorize`, tokenUrl: `${urls.oauth}/token`, refreshUrl: `${urls.oauth}/token`, scopes: SCOPES } },
    })
    .build();
  return completeDocument(SwaggerModule.createDocument(app, builder));
}

const SCOPES = {
  openid: 'Sign in', fhirUser: 'Who signed in', offline_access: 'Stay signed in', 'launch/patient': 'Choose a patient',
  'api:oemr': 'Standard API', 'api:fhir': 'FHIR API', 'api:port': 'Portal API',
  'user/*.cruds': 'FHIR, as the user', 'patient/*.rs': 'FHIR, one patient',
  ...Object.fromEntries(['patient', 'encounter', 'vital', 'allergy', 'medical_problem', 'practitioner', 'facility'].map((name) => [`user/${name}.cruds`, `Standard API: ${name}`])),
};

/** `/swagger/`, `/swagger/openapi.json` and `/swagger/oauth2-redirect.html`. */
export function installApiExplorer(app: NestFastifyApplication, config: Config): void {
  let document: OpenAPIObject | undefined;
  const make = () => (document ??= openApiDocument(app, config));
  SwaggerModule.setup('swagger', app, make, {
    jsonDocumentUrl: 'swagger/openapi.json',
    yamlDocumentUrl: 'swagger/openapi.yaml',
    customSiteTitle: 'Salus API explorer',
    swaggerOptions: {
      persistAuthorization: true,
      oauth2RedirectUrl: `${config.BASE_URL}/swagger/oauth2-redirect.html`,
      initOAuth: {
        clientId: EXPLORER_CLIENT,
        usePkceWithAuthorizationCodeGrant: true,
        additionalQueryStringParams: { aud: siteUrls(config, config.SITES[0]!).fhir },
        scopes: ['openid', 'fhirUser', 'api:oemr', 'api:fhir', 'user/*.cruds'],
      },
    },
  });
}
