import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** A mistake on purpose: every resource is parsed and written anew on its way out, as a mapper at read time would. */
export function parseAgain(nest: NestFastifyApplication): void {
  const server = nest.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.addHook('onSend', (request, _reply, payload, done) => {
    const isResource = request.url.includes('/fhir/') && Buffer.isBuffer(payload);
    done(null, isResource ? Buffer.from(JSON.stringify(JSON.parse(payload.toString()))) : payload);
  });
}
