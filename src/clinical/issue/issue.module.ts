import { Module } from '@nestjs/common';

/** The table is all that kinds of issues share at run time; each kind brings its own routes and services. */
@Module({})
export class IssueModule {}
