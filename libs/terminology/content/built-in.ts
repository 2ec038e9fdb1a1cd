import type { TerminologyResource, TerminologyType } from '../terminology-resources';
import { newest } from './newest';
import { unpackBlock } from './unpack';

/** What is known of a built-in definition without unpacking it. */
export interface BuiltInEntry {
  resourceType: TerminologyType;
  id: string;
  url: string;
  version: string;
  status: string;
  name: string;
  title: string;
  /** False where it imports value sets that are not here. */
  whole: boolean;
}

interface Placed extends BuiltInEntry {
  block: number;
  line: number;
}

interface Index {
  entries: Placed[];
  byUrl: Map<string, Placed[]>;
  byId: Map<string, Placed[]>;
}

/** Blocks unpacked lately, and resources read from them. Bounded: all of it would be some 60 MB. */
const KEPT_BLOCKS = 4;
const KEPT_RESOURCES = 200;

/** The code systems, value sets and concept maps of FHIR R4 and US Core. */
class BuiltInTerminology {
  private known?: Index;
  private readonly blocks = new Map<number, string[]>();
  private readonly resources = new Map<string, TerminologyResource>();

  /** By canonical URL; without a version the newest that can be worked out, else the newest. */
  find<T extends TerminologyResource>(type: TerminologyType, url: string, version?: string): T | undefined {
    const found = (this.index.byUrl.get(`${type} ${url}`) ?? []).filter((entry) => version === undefined || entry.version === version);
    const entry = preferred(found);
    return entry && (this.read(entry) as T);
  }

  /** R4 and US Core give one id to two code systems: the second goes by a number behind it. */
  byId<T extends TerminologyResource>(type: TerminologyType, id: string): T | undefined {
    const second = /^(.+)-2$/.exec(id)?.[1];
    const entry = preferred(this.published(type, id)[0] ?? (second === undefined ? [] : (this.published(type, second)[1] ?? [])));
    return entry && (this.read(entry) as T);
  }

  /** What goes by an id, each URL with its versions. */
  private published(type: TerminologyType, id: string): Placed[][] {
    const byUrl = new Map<string, Placed[]>();
    for (const entry of this.index.byId.get(`${type} ${id}`) ?? []) add(byUrl, entry.url, entry);
    return [...byUrl.values()];
  }

  list(type: TerminologyType): readonly BuiltInEntry[] {
    return this.index.entries.filter((entry) => entry.resourceType === type);
  }

  private get index(): Index {
    this.known ??= indexOf(unpackBlock(0));
    return this.known;
  }

  private read(entry: Placed): TerminologyResource {
    const key = `${entry.block} ${entry.line}`;
    const resource = this.resources.get(key) ?? (JSON.parse(this.block(entry.block)[entry.line]!) as TerminologyResource);
    return keep(this.resources, key, resource, KEPT_RESOURCES);
  }

  private block(number: number): string[] {
    return keep(this.blocks, number, this.blocks.get(number) ?? unpackBlock(number).split('\n'), KEPT_BLOCKS);
  }
}

export const builtIn = new BuiltInTerminology();

/** US Core came to import value sets that are not ours to ship: the version before lists its codes. */
export function preferred<T extends BuiltInEntry>(entries: readonly T[]): T | undefined {
  const whole = entries.filter((entry) => entry.whole);
  return newest(whole.length > 0 ? whole : entries);
}

/** Puts the value last and drops the first beyond `most`: least recently used. */
function keep<K, V>(map: Map<K, V>, key: K, value: V, most: number): V {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value as K);
  return value;
}

function indexOf(text: string): Index {
  const entries = text.split('\n').map(entryOf);
  const byUrl = new Map<string, Placed[]>();
  const byId = new Map<string, Placed[]>();
  for (const entry of entries) {
    add(byUrl, `${entry.resourceType} ${entry.url}`, entry);
    add(byId, `${entry.resourceType} ${entry.id}`, entry);
  }
  return { entries, byUrl, byId };
}

function entryOf(line: string): Placed {
  const [resourceType, id, url, version, status, name, title, block, at, lacks] = line.split('\t') as [TerminologyType, string, string, string, string, string, string, string, string, string];
  return { resourceType, id, url, version, status, name, title, block: Number(block), line: Number(at), whole: lacks === '' };
}

function add<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
