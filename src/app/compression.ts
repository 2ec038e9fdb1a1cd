import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pathOf, surfaceOf } from './surface';

/** Below this, an answer fits into a packet anyway. */
const THRESHOLD = 1400;

type Encoding = 'br' | 'gzip';

const asBrotli = promisify(brotliCompress);
const asGzip = promisify(gzip);

/** Levels at which both take about as long as the answer took to make. */
const ENCODERS: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) => asBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  gzip: (body) => asGzip(body, { level: 5 }),
};

/**
 * Compresses what the APIs answer. Streams (export files) go out as they are. Compression beside secrets tells of them
 * by length (BREACH) where somebody else can make the victim's browser ask and see the length: the APIs know no
 * cookies, so nobody else can ask. Pages and OAuth answers, which do, are never compressed.
 */
export function installCompression(server: FastifyInstance): void {
  // Without a promise where there is nothing to wait for: this runs for every answer.
  server.addHook('onSend', (request, reply, payload, done) => {
    if (!isCompressible(request, reply, payload)) return done(null, payload);
    const before = reply.getHeader('vary');
    reply.header('vary', before ? `${String(before)}, accept-encoding` : 'accept-encoding');
    const encoding = request.method === 'HEAD' ? undefined : wanted(request.headers['accept-encoding']);
    if (!encoding) return done(null, payload);
    ENCODERS[encoding](Buffer.isBuffer(payload) ? payload : Buffer.from(payload)).then((body) => {
      reply.header('content-encoding', encoding).removeHeader('content-length');
      done(null, body);
    }, done);
  });
}

const TYPES = /^(?:application\/(?:[a-z.-]+\+)?(?:json|xml)|text\/(?:json|xml))(?:;|$)/;

function isCompressible(request: FastifyRequest, reply: FastifyReply, payload: unknown): payload is Buffer | string {
  if (!(typeof payload === 'string' || Buffer.isBuffer(payload)) || payload.length < THRESHOLD) return false;
  const surface = surfaceOf(pathOf(request.url));
  if (surface !== 'fhir' && surface !== 'standard' && surface !== 'portal') return false;
  return !reply.hasHeader('content-encoding') && TYPES.test(String(reply.getHeader('content-type')));
}

/** The better of what the caller takes (RFC 9110 §12.5.3). */
function wanted(header: string | string[] | undefined): Encoding | undefined {
  if (header === undefined) return undefined;
  const ranges = [header].flat().join(',').toLowerCase().split(',', 20).map((part) => /^\s*([^;\s]+)\s*(?:;\s*q=([\d.]+))?\s*$/.exec(part));
  const quality = (name: string): number => Number(ranges.find((range) => range?.[1] === name)?.[2] ?? (ranges.some((range) => range?.[1] === name) ? 1 : 0));
  const [br, gz] = [quality('br'), quality('gzip')];
  if (br === 0 && gz === 0) return undefined;
  return br >= gz ? 'br' : 'gzip';
}
