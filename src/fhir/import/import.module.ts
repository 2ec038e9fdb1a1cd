import { Module } from '@nestjs/common';
import { BundleModule } from '../bundle';
import { BundleFile } from './bundle-file';
import { EntryStore } from './entry-store';
import { Importer } from './importer';
import { LineFile } from './line-file';

@Module({ imports: [BundleModule], providers: [Importer, BundleFile, LineFile, EntryStore], exports: [Importer] })
export class ImportModule {}
