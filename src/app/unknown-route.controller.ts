import { All, Controller } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { FhirRoute } from '../auth';
import { SalusError } from '../kernel';

/** Below the APIs an unknown address says so only to those with a token; to others it is a request without one. */
@ApiExcludeController()
@Controller('apis/:site')
export class UnknownRouteController {
  @All('*')
  @FhirRoute('read')
  answer(): never {
    throw new SalusError('not-found', 'There is nothing at this address.');
  }
}
