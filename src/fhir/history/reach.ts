import { compartmentTypes, type FhirResource, parseJson, resourceTypes } from '#libs/fhir';
import { type Access, type AccessRule, groupBy, rulesFor, type Verb } from '../../kernel';
import { SHARED_TYPES } from '../search/access/shared-types';
import { matchesFilter } from '../store/authorise';
import { NO_PATIENT } from '../store/tables';

/**
 * A part of the history that the caller may see: versions of these types, of one chart or of all. Each version is
 * judged by its own content, so what was a patient's once is that patient's version still, and nobody else's.
 */
export interface Reach {
  /** Absent: every type. */
  types?: readonly string[];
  /** Surrogate key of the patient the versions belonged to; absent: whoever's. */
  patient?: number;
  /** Restricted by search parameters as well: each version is to be looked into. */
  judged: boolean;
}

/** Parts without overlap, which together hold all that `verb` on `types` reaches. Patients are given by key, those on file alone. */
export function reachesOf(access: Access, types: readonly string[], verb: Verb, patients: ReadonlyMap<string, number>): Reach[] {
  const parts = types.flatMap((type) => partsOf(rulesFor(access, type, verb), type, patients).map((part) => ({ type, part })));
  const alike = groupBy(parts, ({ part }) => JSON.stringify([part.patient, part.judged]));
  return [...alike.values()].map((group) => ({ ...group[0]!.part, ...(group.length < resourceTypes.length && { types: group.map(({ type }) => type) }) }));
}

type Part = Pick<Reach, 'patient' | 'judged'>;

function partsOf(rules: readonly AccessRule[], type: string, patients: ReadonlyMap<string, number>): Part[] {
  const everybodys = rules.filter((rule) => rule.patient === undefined);
  if (everybodys.length > 0) return [{ judged: everybodys.every((rule) => rule.filter) }];
  const byChart = groupBy(rules.filter((rule) => keyOf(rule, type, patients) !== undefined), (rule) => keyOf(rule, type, patients)!);
  return [...byChart].map(([patient, own]) => ({ patient, judged: own.every((rule) => rule.filter) }));
}

function keyOf(rule: AccessRule, type: string, patients: ReadonlyMap<string, number>): number | undefined {
  if (compartmentTypes.has(type)) return patients.get(rule.patient!);
  return SHARED_TYPES.has(type) && patients.has(rule.patient!) ? NO_PATIENT : undefined;
}

export interface JudgedVersion {
  type: string;
  patient: number;
  /** Its content; of a deletion, that which was deleted. */
  content: Buffer;
}

/** Whether any rule reaches this version. */
export function isReached(access: Access, verb: Verb, patients: ReadonlyMap<string, number>, version: JudgedVersion): boolean {
  const rules = rulesFor(access, version.type, verb).filter((rule) => rule.patient === undefined || keyOf(rule, version.type, patients) === version.patient);
  if (rules.some((rule) => !rule.filter)) return true;
  const resource = version.content.length > 0 ? (parseJson(version.content.toString()) as FhirResource) : undefined;
  return resource !== undefined && rules.some((rule) => matchesFilter(rule, resource));
}
