export { WebModule } from './web.module';
export { installApiExplorer, openApiDocument } from './api-explorer';
