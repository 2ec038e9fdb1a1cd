import { type FhirResource, isKnownProfile, parseJson, stringifyJson, validateResource } from '#libs/fhir';
import { clinic } from '../population';
import { interleaved, median, ratio } from '../rounds';
import type { BenchSettings } from '../settings';
import type { Measure } from './measure';

/** What every write pays to be checked: R4, its invariants and the US Core profile claimed, against reading the JSON alone. */
export async function measureValidation({ rounds }: BenchSettings): Promise<Measure> {
  const texts = clinic(2).flatMap(({ entry }) => entry.map(({ resource }) => resource)).filter(isClaiming).map((resource) => stringifyJson(resource));
  const resources = texts.map((text) => parseJson(text));
  const parse = () => Promise.resolve(microsecondsEach(texts, (text) => JSON.parse(text)));
  const check = () => Promise.resolve(microsecondsEach(resources, refuseNone));
  await parse();
  await check();
  const { parsed, checked } = await interleaved(rounds, { parsed: parse, checked: check });
  return {
    name: `validation of ${texts.length} resources that claim a profile / JSON.parse of the same bytes (200 µs a resource at most)`,
    value: median(checked),
    against: median(parsed),
    unit: 'µs',
    ratio: ratio(checked, parsed),
    goal: { atMost: 10 },
  };
}

function isClaiming(resource: FhirResource): boolean {
  return (resource.meta?.profile ?? []).some((profile) => isKnownProfile(profile));
}

function refuseNone(resource: unknown): void {
  const [issue] = validateResource(resource);
  if (issue) throw new Error(`The sample is not valid: ${issue.expression} ${issue.diagnostics}`);
}

const TURNS = 20;

function microsecondsEach<T>(items: readonly T[], work: (item: T) => void): number {
  const started = process.hrtime.bigint();
  for (let turn = 0; turn < TURNS; turn++) for (const item of items) work(item);
  return Number(process.hrtime.bigint() - started) / 1e3 / (TURNS * items.length);
}
