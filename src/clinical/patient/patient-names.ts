import { type FhirResource, reading } from '#libs/fhir';
import type { PatientRow } from './patient.entity';

const { text, list, element } = reading;

type Name = Record<string, unknown>;

/** A former name as the standard API shows it. */
export interface PreviousName {
  previous_name_prefix: string;
  previous_name_first: string;
  previous_name_middle: string;
  previous_name_last: string;
  previous_name_suffix: string;
  previous_name_enddate: string | null;
  formatted_name: string;
}

export function namesOf(row: PatientRow): unknown[] {
  const official = { use: 'official', prefix: [row.title], family: row.lname, given: [row.fname, row.mname], suffix: [row.suffix] };
  return [official, ...previousNames(row).map(formerName)];
}

function formerName(name: PreviousName): unknown {
  return {
    use: 'old',
    prefix: [name.previous_name_prefix],
    family: name.previous_name_last,
    given: [name.previous_name_first, name.previous_name_middle],
    suffix: [name.previous_name_suffix],
    period: { end: name.previous_name_enddate },
  };
}

export const previousNames = (row: Pick<PatientRow, 'previous_names'>): PreviousName[] => (row.previous_names ? (JSON.parse(row.previous_names) as PreviousName[]) : []);

/** The name a person goes by officially: `official`, else `usual`, else the first that is not a former or nick name. */
export function nameColumns(resource: FhirResource): Partial<PatientRow> {
  const names = list(resource.name);
  const name = names.find((one) => one.use === 'official') ?? names.find((one) => one.use === 'usual') ?? names.find((one) => one.use !== 'old' && one.use !== 'nickname') ?? names[0] ?? {};
  const former = names.filter((one) => one.use === 'old' && one !== name).map(previousName);
  return {
    title: part(name.prefix, 0),
    fname: part(name.given, 0),
    mname: rest(name.given),
    lname: text(name.family) ?? (name.given ? null : text(name.text)),
    suffix: rest(name.suffix, 0),
    previous_names: former.length > 0 ? JSON.stringify(former) : null,
  };
}

const part = (values: unknown, at: number): string | null => (Array.isArray(values) ? text(values[at]) : null);

const rest = (values: unknown, from = 1): string | null => (Array.isArray(values) ? text(values.slice(from).filter((one) => typeof one === 'string').join(' ')) : null);

function previousName(name: Name): PreviousName {
  const given = Array.isArray(name.given) ? (name.given as string[]) : [];
  const words = [part(name.prefix, 0), ...given, text(name.family), part(name.suffix, 0)];
  return {
    previous_name_prefix: part(name.prefix, 0) ?? '',
    previous_name_first: given[0] ?? '',
    previous_name_middle: given.slice(1).join(' '),
    previous_name_last: text(name.family) ?? '',
    previous_name_suffix: part(name.suffix, 0) ?? '',
    previous_name_enddate: text(element(name.period).end),
    formatted_name: words.filter(Boolean).join(' '),
  };
}
