import { Controller, Get } from '@nestjs/common';
import { Public } from '../auth';

/** Version and product of the standard API, in the keys its clients read. */
@Controller('apis/:site/api')
export class VersionController {
  @Get('version')
  @Public('clients ask for the version before they sign in')
  version(): Record<string, number | string> {
    return { v_major: 8, v_minor: 2, v_patch: 0, v_realpatch: 0, v_tag: '', v_database: 541, v_acl: 13 };
  }

  @Get('product')
  @Public('clients ask for the product before they sign in')
  product(): { status: string } {
    return { status: 'UNREGISTERED' };
  }
}
