import { displayOf } from '../code-system/look-up';
import { TerminologyError } from '../terminology-error';
import type { ExpandedCode, TerminologySource, ValueSetResource } from '../terminology-resources';
import type { Member } from './code-set';
import { Evaluation, type EvaluationOptions } from './evaluate';
import { nested } from './nest';

export interface ExpandOptions extends EvaluationOptions {
  /** Does any of these texts suit what the caller typed? */
  matches?: (texts: readonly string[]) => boolean;
  offset?: number;
  count?: number;
  includeDesignations?: boolean;
  /** Languages or uses (`system|code`) of the designations wanted; empty: all. */
  designations?: readonly string[];
  activeOnly?: boolean;
  language?: string;
  /** Codes that only group others are left out. */
  forSelection?: boolean;
  /** Codes stand below their parents. */
  nest?: boolean;
}

export interface Expansion {
  total: number;
  contains: ExpandedCode[];
  /** Canonicals that took part. */
  used: string[];
  /** There are codes beyond, which are not at hand. */
  unclosed: boolean;
}

/** Codes of one answer; for more there is paging. */
export const MAX_EXPANSION = 5_000;

/** The codes of a value set, one by one. Throws `too-costly` where they cannot be enumerated, or are too many for one answer. */
export async function expand(valueSet: ValueSetResource, source: TerminologySource, options: ExpandOptions = {}): Promise<Expansion> {
  const evaluation = new Evaluation(source, options);
  const set = await evaluation.of(valueSet);
  const beyond = [...set.open.keys(), ...set.unknown.keys()];
  if (beyond.length > 0) {
    throw new TerminologyError('too-costly', `The codes of ${beyond.slice(0, 3).join(', ')} cannot be listed here: the code system is not at hand as a whole. Upload it as a CodeSystem, or ask $validate-code about single codes.`);
  }
  const members = [...set.listed.values()].filter((member) => isWanted(member, options));
  const { offset = 0, count } = options;
  if ((count ?? members.length - offset) > MAX_EXPANSION) {
    throw new TerminologyError('too-costly', `${members.length} codes are too many for one answer: ask for at most ${MAX_EXPANSION} at a time with count and offset, or narrow them with filter.`);
  }
  const page = members.slice(offset, count === undefined ? undefined : offset + count);
  const codeOf = (member: Member) => expandedCode(member, options);
  return { total: members.length, contains: options.nest ? nested(page, codeOf) : page.map(codeOf), used: [...evaluation.used], unclosed: evaluation.partial.size > 0 };
}

function isWanted(member: Member, { activeOnly, forSelection, matches }: ExpandOptions): boolean {
  if (activeOnly && member.inactive) return false;
  if (forSelection && member.abstract) return false;
  return matches?.([member.code, member.display ?? '', ...member.designations.map(({ value }) => value ?? '')]) ?? true;
}

function expandedCode(member: Member, options: ExpandOptions): ExpandedCode {
  const { system, version, code, abstract, inactive, display } = member;
  const designation = options.includeDesignations ? member.designations.filter((one) => isAsked(one, options.designations ?? [])) : [];
  const called = display !== undefined || options.language !== undefined ? displayOf(member, options.language) : undefined;
  return {
    system,
    ...(version && { version }),
    ...(abstract && { abstract }),
    ...(inactive && { inactive }),
    code,
    ...(called !== undefined && { display: called }),
    ...(designation.length > 0 && { designation }),
  };
}

const isAsked = ({ language, use }: Member['designations'][number], wanted: readonly string[]): boolean =>
  wanted.length === 0 || wanted.some((one) => one === language || one === `urn:ietf:bcp:47|${language}` || one === `${use?.system ?? ''}|${use?.code ?? ''}`);
