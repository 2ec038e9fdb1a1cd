import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { schema } from './src/app/schema';
import { loadConfig } from './src/config';
import { dataSourceOptions } from './src/database';

const config = loadConfig();

/** The first site's database, for TypeORM's own command line. Everyday work uses `salus migrate`, which knows all sites. */
export default dataSourceOptions(config, config.SITES[0]!, schema).then((options) => new DataSource(options));
