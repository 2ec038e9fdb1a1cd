export { type ByteRange, FileStore, type FileWriter, type StoredFile, type WriteOptions } from './file-store';
export { FilesModule } from './files.module';
