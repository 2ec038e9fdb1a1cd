import { Global, Module } from '@nestjs/common';
import { OperationController } from './operation.controller';
import { OperationRegistry } from './operation-registry';
import { OperationRunner } from './operation-runner';

/** Global, so that an operation in any folder of the engine can register itself. */
@Global()
@Module({
  controllers: [OperationController],
  providers: [OperationRegistry, OperationRunner],
  exports: [OperationRegistry, OperationRunner],
})
export class OperationsModule {}
