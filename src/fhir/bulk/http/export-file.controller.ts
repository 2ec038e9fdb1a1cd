import type { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FhirRoute } from '../../../auth';
import { FileStore } from '../../../files';
import { type Access, context, forbidden, noteAudit, notFound } from '../../../kernel';
import type { JobRecord } from '../../../queue';
import { type ExportFile, payloadOf } from '../export.job';
import { Exports } from '../exports';
import { fileNamed } from '../manifest';
import { mayReadAll } from '../request/exportable-types';
import { byteRange } from './byte-range';

/** Download of export files (Bulk Data Access 2.0 §“Bulk Data Output File Request”). */
@Controller('apis/:site/fhir')
export class ExportFileController {
  constructor(
    private readonly exports: Exports,
    private readonly files: FileStore,
  ) {}

  @Get('$export-file/:job/:file')
  @FhirRoute('operation:export-file')
  async download(@Param('job') id: string, @Param('file') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    noteAudit('export.file', `job/${id.slice(0, 36)}`);
    const access = context().access!;
    const job = await this.exports.find(access, id);
    const file = job.state === 'done' ? fileNamed(job, name) : undefined;
    if (!file) throw notFound('The file');
    authorise(access, job, file);
    void reply
      .header('content-type', 'application/fhir+ndjson; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'private, no-store')
      .header('vary', 'accept-encoding');
    if (acceptsGzip(request)) await this.sendGzipped(file, reply);
    else await this.sendPlain(file, request, reply);
  }

  private async sendPlain(file: ExportFile, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const range = byteRange(request.headers.range, file.bytes);
    const { start, end } = range ?? { start: 0, end: file.bytes };
    const stream = await this.files.read(file.key, { start, end });
    if (range) void reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${file.bytes}`);
    void reply.header('accept-ranges', 'bytes').header('content-length', end - start).send(stream);
  }

  /** Level 1: a thirteenth of the size at near disk speed; higher levels cost more than they save. */
  private async sendGzipped(file: ExportFile, reply: FastifyReply): Promise<void> {
    const stream = await this.files.read(file.key);
    void reply.header('content-encoding', 'gzip').send(gzipped(stream));
  }
}

function gzipped(stream: Readable): Readable {
  const gzip = createGzip({ level: 1 });
  stream.on('error', (error) => gzip.destroy(error));
  gzip.on('close', () => stream.destroy());
  return stream.pipe(gzip);
}

/** A range of a compressed file would be of no use; who asks for one gets plain bytes. */
const acceptsGzip = ({ headers }: FastifyRequest): boolean => headers.range === undefined && /\bgzip\b(?!;\s*q=0(\.0*)?(,|$))/.test(String(headers['accept-encoding'] ?? ''));

/** The token of the download must give what the token of the kick-off gave: rights withdrawn since then count. */
function authorise(access: Access, job: JobRecord, file: ExportFile): void {
  const types = file.list === 'deleted' ? payloadOf(job).types : [file.type];
  if (!types.every((type) => mayReadAll(access, type))) throw forbidden('The token does not allow reading what this file holds.');
}
