import { All, Controller, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { FhirRoute } from '../auth';
import { methodsAt } from '../fhir';
import { SalusError } from '../kernel';
import { pathOf } from './surface';

const FHIR = /^\/apis\/[^/]*\/fhir(?:\/|$)/;

/** Below the APIs an unknown address says so only to those with a token; to others it is a request without one. */
@ApiExcludeController()
@Controller('apis/:site')
export class UnknownRouteController {
  @All('*')
  @FhirRoute('read')
  answer(@Req() request: FastifyRequest): never {
    const path = pathOf(request.url);
    const allow = FHIR.test(path) ? methodsAt(path.replace(FHIR, '')) : undefined;
    if (allow && !allow.includes(request.method)) throw new SalusError('not-allowed', `${request.method.slice(0, 16)} is not offered at this address; it takes ${allow}.`, [], { headers: { allow } });
    throw new SalusError('not-found', 'There is nothing at this address.');
  }
}
