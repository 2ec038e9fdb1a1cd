import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** Asks for the mistake below; only where the run was told to make it. */
export const MISTAKE = 'x-bench-mistake';

/**
 * A mistake on purpose: every resource is parsed and written anew on its way out, as a mapper at read time would.
 * Made where a request asks for it, so that one run measures both ways in turn.
 */
export function parseAgain(nest: NestFastifyApplication): void {
  const server = nest.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.addHook('onSend', (request, _reply, payload, done) => {
    const isWanted = request.headers[MISTAKE] !== undefined && Buffer.isBuffer(payload);
    done(null, isWanted ? Buffer.from(JSON.stringify(JSON.parse(payload.toString()))) : payload);
  });
}
