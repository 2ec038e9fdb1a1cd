import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../../src/config';
import { freePort } from '../bench-app';
import { FloorController, ROWS } from './floor.controller';
import { KnownTokens } from './known-tokens';
import { rawRows } from './raw-rows';

@Module({})
class FloorModule {}

export interface FloorApp {
  url: string;
  stop(): Promise<void>;
}

/** A bare application of the same stack on the same database. */
export async function startFloor(config: Config, site: string, token: string): Promise<FloorApp> {
  const rows = rawRows(config, site);
  const module = { module: FloorModule, controllers: [FloorController], providers: [KnownTokens, { provide: ROWS, useValue: rows }] };
  const nest = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  nest.get(KnownTokens).learn(token);
  const port = await freePort();
  await nest.listen(port, '127.0.0.1');
  const stop = async () => {
    await nest.close();
    await rows.close();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
