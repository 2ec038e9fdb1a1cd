import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditLog } from '../audit';
import type { Config } from '../config';
import { log } from '../kernel';
import { AppModule } from './app.module';
import { installBodyParsers } from './body-parsers';
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
  installBodyParsers(server as never);
  await app.register(cookie as never);
  // Pages set a policy of their own; everything else may load nothing.
  await app.register(helmet as never, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    hsts: config.TLS === 'off' ? false : { maxAge: 31_536_000 },
    referrerPolicy: { policy: 'no-referrer' },
  } as never);
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
    routerOptions: { maxParamLength: 200, caseSensitive: true },
  } as never);
}
