import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Config, loadConfig } from '../config';
import { runInContext } from '../kernel';
import { LocalFileStore } from './local-file.store';

const folder = mkdtempSync(join(tmpdir(), 'salus-files-'));
const store = new LocalFileStore(loadConfig({ DATA_DIR: folder }) as Config);
const onSite = <T>(work: () => Promise<T>, site = 'default'): Promise<T> => runInContext({ site, requestId: 'test', audit: {} }, work);

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

async function text(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

describe(LocalFileStore.name, () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('stores a stream under its site, hashed while it is written, readable by the owner alone', async () => {
    const stored = await onSite(() => store.put('document/a1', chunks('hello ', 'world')));
    expect(stored).toEqual({ key: 'document/a1', bytes: 11, sha256: createHash('sha256').update('hello world').digest('hex') });
    expect(statSync(join(folder, 'sites/default/files/document/a1')).mode & 0o777).toBe(0o600);
    expect(await onSite(async () => text(await store.read('document/a1')))).toBe('hello world');
  });

  it.each([
    [{ start: 6 }, 'world'],
    [{ start: 0, end: 5 }, 'hello'],
    [{ start: 4, end: 7 }, 'o w'],
  ])('reads the bytes %j', async (range, expected) => {
    await onSite(() => store.put('document/range', chunks('hello world')));
    expect(await onSite(async () => text(await store.read('document/range', range)))).toBe(expected);
  });

  it('shows nothing of a file before commit, and keeps nothing after discard', async () => {
    const writer = await onSite(() => store.create('draft/one'));
    await writer.write(Buffer.from('half'));
    expect(await onSite(() => store.size('draft/one'))).toBeUndefined();
    expect(await onSite(() => store.list('draft'))).toEqual([]);
    await writer.discard();
    expect(readdirSync(join(folder, 'sites/default/files/draft'))).toEqual([]);
  });

  it('leaves nothing when the source fails half-way', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('some');
      throw new Error('source lost');
    }
    await expect(onSite(() => store.put('broken/one', broken()))).rejects.toThrow('source lost');
    expect(readdirSync(join(folder, 'sites/default/files/broken'))).toEqual([]);
  });

  it('lists a folder in order and removes it with unfinished files', async () => {
    await onSite(() => store.put('export/j1/b', chunks('b')));
    await onSite(() => store.put('export/j1/a', chunks('a')));
    await onSite(() => store.put('export/j2/c', chunks('c')));
    const writer = await onSite(() => store.create('export/j1/unfinished'));
    expect(await onSite(() => store.list('export/j1'))).toEqual(['export/j1/a', 'export/j1/b']);
    await onSite(() => store.removeAll('export/j1'));
    await writer.discard();
    expect(existsSync(join(folder, 'sites/default/files/export/j1'))).toBe(false);
    expect(await onSite(() => store.list('export'))).toEqual(['export/j2/c']);
  });

  it('keeps the files of sites apart', async () => {
    await onSite(() => store.put('document/mine', chunks('mine')));
    await expect(onSite(() => store.read('document/mine'), 'alternate')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it.each(['', '/etc/passwd', '../other', 'a/../b', 'a//b', '.part-x', 'a/.hidden', 'A', 'ä', 'a\0b', 'a\\b', `a/${'x'.repeat(200)}`])('refuses the key %j', async (key) => {
    await expect(onSite(() => store.put(key, chunks('x')))).rejects.toThrow('Not a key');
    await expect(onSite(() => store.read(key))).rejects.toThrow('Not a key');
    await expect(onSite(() => store.removeAll(key))).rejects.toThrow('Not a key');
  });
});
