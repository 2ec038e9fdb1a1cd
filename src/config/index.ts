export { CONFIG, ConfigModule } from './config.module';
export { ConfigError, loadConfig } from './load';
export { type Config, settings } from './schema';
export { siteUrls } from './urls';
