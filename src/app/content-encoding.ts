import type { Readable, Transform } from 'node:stream';
import { pipeline, Transform as TransformStream } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalid, SalusError } from '../kernel';
import { pathOf, surfaceOf } from './surface';

const DECODERS: Readonly<Record<string, () => Transform>> = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress };

/** Charts shrink to a twentieth, repetitive XML to a fiftieth; what grows more than this is a bomb. */
const MOST_GROWTH = 200;
/** Below this, growth is of no account. */
const HARMLESS = 256 * 1024;

/**
 * Takes compressed bodies (RFC 9110 §8.4). The limit of a body counts what comes out; what grows beyond all measure is
 * refused before it gets there.
 */
export function installContentDecoding(server: FastifyInstance): void {
  server.addHook('preParsing', (request, _reply, payload, done) => {
    const encoding = request.headers['content-encoding']?.trim().toLowerCase();
    if (encoding === undefined || encoding === '' || encoding === 'identity') return done(null, payload);
    const decoder = isApi(request) && Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding]!() : undefined;
    if (!decoder) return done(new SalusError('unsupported-media', 'Send the body as it is, or to the APIs compressed once by gzip, deflate or br.'));
    delete request.headers['content-encoding'];
    done(null, decoded(payload as Readable, decoder));
  });
}

function isApi(request: FastifyRequest): boolean {
  const surface = surfaceOf(pathOf(request.url));
  return surface === 'fhir' || surface === 'standard' || surface === 'portal';
}

function decoded(payload: Readable, decoder: Transform): Readable {
  let [taken, grown] = [0, 0];
  payload.on('data', (chunk: Buffer) => {
    taken += chunk.length;
  });
  const measure = new TransformStream({
    transform(chunk: Buffer, _encoding, next) {
      grown += chunk.length;
      if (grown > HARMLESS && grown > taken * MOST_GROWTH) next(new SalusError('too-large', `The body grows more than ${MOST_GROWTH} times when it is decompressed.`));
      else next(null, chunk);
    },
  });
  decoder.on('error', () => measure.destroy(invalid('The body is not compressed as Content-Encoding says.')));
  // Both ends report what went wrong to the reader of the last one.
  pipeline(payload, decoder, measure, () => undefined);
  // Content-Length speaks of what was sent.
  return Object.defineProperty(measure, 'receivedEncodedLength', { get: () => taken });
}
