import { Injectable, Optional } from '@nestjs/common';
import { stringifyJson } from '#libs/fhir';
import type { Access } from '../../kernel';
import { OperationRunner } from '../operations/operation-runner';
import type { Entry } from './entry';
import { refusal } from './entry-refusal';
import type { EntryResult } from './step';

/** Operations called by entries of a batch. */
@Injectable()
export class EntryOperations {
  constructor(@Optional() private readonly runner?: OperationRunner) {}

  async run(access: Access, entry: Entry, baseUrl: string): Promise<EntryResult> {
    const { type, id, query, operation: name } = entry.address;
    const { method, index, resource } = entry;
    if (!this.runner) throw refusal('unsupported', index, '.request.url', 'Operations are not offered here.', 'not-supported');
    if (name === undefined || (method !== 'GET' && method !== 'POST')) throw refusal('invalid', index, '.request.method', 'An operation is called by GET or POST.');
    const place = { ...(type !== '' && { type }), ...(id !== undefined && { id }) };
    const answer = await this.runner.run(access, { name, ...place, method, query: [...new URLSearchParams(query ?? '')], body: resource, baseUrl });
    const inBundle = answer.contentType === undefined && (answer.status ?? 200) === 200;
    if (!inBundle) throw refusal('unsupported', index, '.request.url', `$${name} answers with something that has no place in a Bundle; call it on its own.`, 'not-supported');
    return { kind: 'read', entry, status: 200, body: Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(stringifyJson(answer.body)) };
  }
}
