import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditLog } from '../audit';
import type { Config } from '../config';
import { installAnswerFormats } from '../fhir';
import { log } from '../kernel';
import { installApiExplorer } from '../web';
import { canonicalUrl } from './aliases';
import { AppModule } from './app.module';
import { installBodyParsers } from './body-parsers';
import { installCompression } from './compression';
import { installContentDecoding } from './content-encoding';
import { installCors } from './cors';
import { ErrorFilter } from './error.filter';
import { installRequestContext, requestId } from './request-context';
import { tlsFiles } from './tls';

/** The HTTP application, ready to listen. */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  log.level = config.LOG_LEVEL;
  const adapter = await fastifyAdapter(config);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), adapter, { logger: ['error', 'warn'], bodyParser: false, abortOnError: false });
  const server = app.getHttpAdapter().getInstance();
  installCors(server as never, config);
  installRequestContext(server as never, config, app.get(AuditLog));
  installContentDecoding(server as never);
  installBodyParsers(server as never);
  installAnswerFormats(server as never);
  await app.register(cookie as never);
  // Pages set a policy of their own; everything else may load nothing.
  await app.register(helmet as never, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    // A self-signed localhost must not teach the browser to refuse every other server of this machine.
    hsts: config.TLS === 'files' ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
  } as never);
  allowExplorer(server as never);
  installCompression(server as never);
  installApiExplorer(app, config);
  app.useGlobalFilters(new ErrorFilter());
  app.enableShutdownHooks();
  return app;
}

/** The API explorer is the one page with scripts; they are our own files. */
function allowExplorer(server: FastifyInstance): void {
  const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
  server.addHook('onSend', (request, reply, _payload, done) => {
    // Its sign-in window reports back through `opener`.
    if (request.url.startsWith('/swagger')) reply.header('content-security-policy', policy).header('cross-origin-opener-policy', 'unsafe-none');
    done();
  });
}

async function fastifyAdapter(config: Config): Promise<FastifyAdapter> {
  const https = await tlsFiles(config);
  const trusted = config.SALUS_TRUST_PROXY?.split(',').map((one) => one.trim());
  return new FastifyAdapter({
    ...(https && { https: { ...https, minVersion: 'TLSv1.2' as const } }),
    ...(trusted && { trustProxy: trusted }),
    bodyLimit: config.SALUS_BODY_LIMIT,
    requestTimeout: 60_000,
    connectionTimeout: 70_000,
    genReqId: (request: { headers: Record<string, unknown> }) => requestId(request.headers),
    logger: false,
    rewriteUrl: (request: { url?: string }) => canonicalUrl(request.url ?? '/', config.SITES[0]!),
    routerOptions: { maxParamLength: 200, caseSensitive: true },
  } as never);
}
