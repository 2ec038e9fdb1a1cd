import { Module } from '@nestjs/common';
import { FrontPageController } from './front-page.controller';
import { VersionController } from './version.controller';

/** Pages, and the few routes that concern the server itself. */
@Module({ controllers: [FrontPageController, VersionController] })
export class WebModule {}
