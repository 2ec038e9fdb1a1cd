import { Controller, Get, Inject, Param, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { chartTable } from './chart-table';
import { KnownTokens } from './known-tokens';
import type { RawRows } from './raw-rows';

export const ROWS = Symbol('ROWS');

const ONE = 'SELECT body FROM fhir_resource WHERE id = ?';

/** The best that hand-written SQL can do for the search: an index made for exactly these three parameters. */
const PAGE = `SELECT r.fhir_id, r.body FROM ${chartTable.name} c JOIN fhir_resource r ON r.id = c.resource
  WHERE c.patient = ? AND c.category = ? AND c.starts >= ? ORDER BY c.resource LIMIT 50`;

/** A whole chart as it lies in its index. */
const CHART = 'SELECT type, fhir_id, body FROM fhir_resource WHERE patient = ? AND deleted = 0';

/** What every answer of this stack costs at least. */
@Controller()
@UseGuards(KnownTokens)
export class FloorController {
  constructor(@Inject(ROWS) private readonly rows: RawRows) {}

  /** One read by primary key. */
  @Get('one/:id')
  async one(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const [row] = await this.rows.all(ONE, [Number(id)]);
    send(reply, row![0] as Buffer);
  }

  /** Fifty rows of one patient, joined as bytes. */
  @Get('page/:patient/:category/:starts')
  async page(@Param('patient') patient: string, @Param('category') category: string, @Param('starts') starts: string, @Res() reply: FastifyReply): Promise<void> {
    const rows = await this.rows.all(PAGE, [Number(patient), category, Number(starts)]);
    send(reply, joined(rows.map(([id, body]) => [`Observation/${id as string}`, body as Buffer])));
  }

  /** Everything of one patient, joined as bytes. */
  @Get('chart/:patient')
  async chart(@Param('patient') patient: string, @Res() reply: FastifyReply): Promise<void> {
    const rows = await this.rows.all(CHART, [Number(patient)]);
    send(reply, joined(rows.map(([type, id, body]) => [`${type as string}/${id as string}`, body as Buffer])));
  }
}

function send(reply: FastifyReply, body: Buffer): void {
  void reply.header('content-type', 'application/fhir+json; charset=utf-8').send(body);
}

function joined(rows: readonly [string, Buffer][]): Buffer {
  const chunks: Buffer[] = [Buffer.from('{"resourceType":"Bundle","type":"searchset","entry":[')];
  for (const [index, [name, body]] of rows.entries()) {
    chunks.push(Buffer.from(`${index === 0 ? '' : ','}{"fullUrl":"${name}","resource":`), body, Buffer.from('}'));
  }
  chunks.push(Buffer.from(']}'));
  return Buffer.concat(chunks);
}
