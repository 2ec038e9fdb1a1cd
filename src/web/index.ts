export { WebModule } from './web.module';
export { EXPLORER_CLIENT, installApiExplorer, openApiDocument } from './api-explorer';
export { firstCall } from './first-call';
