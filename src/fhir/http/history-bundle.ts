import { instant } from '../../kernel';
import type { StoredVersion } from '../store';

const METHOD = { create: 'POST', update: 'PUT', delete: 'DELETE' } as const;
const STATUS = { create: '201', update: '200', delete: '204' } as const;

/** A history Bundle around stored bytes. */
export function historyBundle(base: string, self: string, versions: readonly StoredVersion[], next?: string): Buffer {
  const links = [{ relation: 'self', url: self }, ...(next ? [{ relation: 'next', url: next }] : [])];
  const head = `{"resourceType":"Bundle","type":"history","link":${JSON.stringify(links)},"entry":[`;
  const parts: Buffer[] = [Buffer.from(head)];
  versions.forEach((version, index) => {
    parts.push(Buffer.from(index === 0 ? '' : ','), ...entry(base, version));
  });
  parts.push(Buffer.from(']}'));
  return Buffer.concat(parts);
}

function entry(base: string, { type, id, version, lastUpdated, operation, body }: StoredVersion): Buffer[] {
  const url = operation === 'create' ? type : `${type}/${id}`;
  const request = { method: METHOD[operation], url };
  const response = { status: STATUS[operation], etag: `W/"${version}"`, lastModified: instant(lastUpdated) };
  const tail = `"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`;
  const head = `{"fullUrl":${JSON.stringify(`${base}/${type}/${id}`)},`;
  return operation === 'delete' ? [Buffer.from(head + tail)] : [Buffer.from(`${head}"resource":`), body, Buffer.from(`,${tail}`)];
}
