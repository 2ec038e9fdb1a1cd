import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditLog } from '../audit';
import { BearerGuard } from '../auth';
import type { Config } from '../config';
import { installAnswerFormats } from '../fhir';
import { log } from '../kernel';
import { installApiExplorer } from '../web';
import { canonicalUrl } from './aliases';
import { AppModule } from './app.module';
import { installBodyAdmission } from './body-admission';
import { installBodyParsers } from './body-parsers';
import { installCompression } from './compression';
import { installContentDecoding } from './content-encoding';
import { installCors } from './cors';
import { ErrorFilter } from './error.filter';
import { installRequestContext, requestId } from './request-context';
import { installSecurityHeaders } from './security-headers';
import { installSilentConnections } from './silent-connections';
import { tlsFiles } from './tls';

/** The HTTP application, ready to listen. */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  log.level = config.LOG_LEVEL;
  const adapter = await fastifyAdapter(config);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), adapter, { logger: ['error', 'warn'], bodyParser: false, abortOnError: false });
  const server = app.getHttpAdapter().getInstance();
  installSilentConnections(server as never);
  installSecurityHeaders(server as never, config);
  installCors(server as never, config);
  installRequestContext(server as never, config, app.get(AuditLog));
  installBodyAdmission(server as never, app.get(BearerGuard, { strict: false }));
  installContentDecoding(server as never);
  installBodyParsers(server as never);
  installAnswerFormats(server as never);
  await app.register(cookie as never);
  installCompression(server as never);
  installApiExplorer(app, config);
  app.useGlobalFilters(new ErrorFilter());
  app.enableShutdownHooks();
  return app;
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
