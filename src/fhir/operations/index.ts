export type { Operation, OperationAnswer, OperationCall, OperationDeclaration, OperationLevel, OperationParameter } from './operation';
export { type OperationArgument, OperationInput } from './operation-input';
export { OperationProvider } from './operation-provider';
export { OperationRegistry } from './operation-registry';
export { type OperationRequest, OperationRunner } from './operation-runner';
export { OperationsModule } from './operations.module';
export { readInput } from './read-input';
