import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { IssueForm } from './issue.service';

/** Documents the query parameters of a list. */
export const FilterQueries = (filters: IssueForm['filters']): MethodDecorator =>
  applyDecorators(...Object.keys(filters).map((name) => ApiQuery({ name, required: false, type: String })));
