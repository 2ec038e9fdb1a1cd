import { isResourceType } from '#libs/fhir';
import { invalid, type Problem } from '../../../kernel';

/** What the kick-off asked for. Nothing named means everything. */
export interface ExportParameters {
  types?: string[];
  /** Milliseconds since the epoch; only what was changed after it. */
  since?: number;
}

export type Pairs = readonly (readonly [name: string, value: string])[];

const FORMATS = ['application/fhir+ndjson', 'application/ndjson', 'ndjson'];
/** Known to Bulk Data Access and not offered, and what to do instead. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  _typeFilter: 'Leave it out and filter what you receive.',
  _elements: 'Leave it out: whole resources are exported.',
  includeAssociatedData: 'Leave it out: Provenance is exported like any other type.',
  patient: 'Leave it out, or export a Group of these patients.',
  _until: 'Leave it out.',
  organizeOutputBy: 'Leave it out: output is organised by type.',
  allowPartialManifests: 'Leave it out.',
};
const IGNORED = ['_format', '_pretty'];

/** `instant` of R4: a date and time to the second or finer, with an offset. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Bulk Data Access 2.0 §“Query Parameters”. What is not supported is refused, since ignoring it would export
 * something else than was asked; `Prefer: handling=lenient` asks for it to be ignored.
 */
export function parseExportParameters(pairs: Pairs, lenient: boolean): ExportParameters {
  const problems: Problem[] = [];
  const result: ExportParameters = {};
  const refuse = (path: string, rule: string, message: string) => problems.push({ path, rule, message });
  for (const [name, value] of pairs) {
    if (name === '_type' || name === 'type') result.types = [...(result.types ?? []), ...namedTypes(value, name, lenient, refuse)];
    else if (name === '_since') result.since = parseInstant(value, refuse);
    else if (name === '_outputFormat') checkFormat(value, refuse);
    else if (!lenient && !IGNORED.includes(name)) refuse(name, 'not-supported', unsupported(name));
  }
  if (pairs.filter(([name]) => name === '_since').length > 1) refuse('_since', 'value', '_since may be given once.');
  if (problems.length > 0) throw invalid('The export cannot be started as asked.', problems);
  return { ...result, ...(result.types && { types: [...new Set(result.types)] }) };
}

type Refuse = (path: string, rule: string, message: string) => void;

function namedTypes(value: string, name: string, lenient: boolean, refuse: Refuse): string[] {
  const named = value.split(',').map((type) => type.trim());
  const known = named.filter(isResourceType);
  if (known.length < named.length && !lenient) refuse(name, 'value', `${name} must list resource types of FHIR R4, separated by commas.`);
  return known;
}

/** A plus sign in a query means a space unless it is escaped; in an instant only a plus sign makes sense. */
function parseInstant(value: string, refuse: Refuse): number | undefined {
  const text = value.replace(' ', '+');
  const day = INSTANT.exec(text)?.[1];
  const ms = day && isCalendarDay(day) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  refuse('_since', 'value', '_since must be an instant such as 2026-01-31T13:45:00Z.');
  return undefined;
}

/** Date.parse takes 30 February for 2 March. */
const isCalendarDay = (day: string): boolean => new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ?? false;

function checkFormat(value: string, refuse: Refuse): void {
  if (!FORMATS.includes(value.replace(' ', '+'))) refuse('_outputFormat', 'not-supported', `_outputFormat must be ${FORMATS.join(', ')}.`);
}

const unsupported = (name: string): string =>
  name in UNSUPPORTED ? `${name} is not supported. ${UNSUPPORTED[name]}` : `${name} is no parameter of $export. Leave it out, or send Prefer: handling=lenient.`;
