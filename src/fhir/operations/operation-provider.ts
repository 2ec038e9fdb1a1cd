import { applyDecorators, Injectable, SetMetadata } from '@nestjs/common';

export const OPERATION = 'salus:operation';

/** Marks a provider as an operation: the OperationRegistry finds it, in whichever module it is provided. */
export const OperationProvider = (): ClassDecorator => applyDecorators(Injectable(), SetMetadata(OPERATION, true));
