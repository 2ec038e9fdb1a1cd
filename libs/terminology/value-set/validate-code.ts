import type { CodeableConcept, Coding } from '#libs/fhir';
import { displaysOf } from '../code-system/look-up';
import { conceptSystem, type ConceptSystem } from '../code-system/concept-system';
import type { TerminologySource } from '../terminology-resources';
import { type CodeSet, type Member, memberKey, verdictOn } from './code-set';

/** The answer of `$validate-code`. */
export interface Validity {
  result: boolean;
  /** Why not; or, beside a true result, what is wrong all the same. */
  message?: string;
  display?: string;
}

const said = (text: string | undefined): string => `“${(text ?? '').slice(0, 64)}”`;

/** Is the code one of `system`? A display that is none of its names makes the answer false (R4 operation CodeSystem/$validate-code). */
export function validateInSystem(system: ConceptSystem, { code, display }: Coding, allowAbstract = true): Validity {
  const concept = code === undefined ? undefined : system.concept(code);
  if (!concept) {
    const limits = system.complete ? '' : '; only a part of the code system is at hand';
    return { result: false, message: `The code ${said(code)} is not in ${system.url}${limits}.` };
  }
  const known = concept.display === undefined ? {} : { display: concept.display };
  if (concept.abstract && !allowAbstract) return { result: false, message: `The code ${said(code)} only groups others and is not to be chosen.`, ...known };
  return { ...judgeDisplay(display, displaysOf(concept), code), ...known };
}

/** Is the coding in the value set whose content is `set`? */
export async function validateInSet(set: CodeSet, coding: Coding, name: string, source: TerminologySource, allowAbstract = true): Promise<Validity> {
  const located = coding.system === undefined ? bareCode(set, coding) : coding;
  if (!located?.system || !located.code) return { result: false, message: coding.code === undefined ? 'There is no code.' : `The code ${said(coding.code)} is not in ${name}, or in more than one of its code systems: name the system.` };
  const { system, code } = located;
  const verdict = verdictOn(set, system, code);
  if (verdict === 'unknown') return { result: false, message: `Whether ${said(code)} of ${system.slice(0, 200)} is in ${name} cannot be told: ${set.unknown.get(system)}.` };
  if (verdict === 'out') return { result: false, message: `The code ${said(code)} of ${system.slice(0, 200)} is not in ${name}.` };
  const member = set.listed.get(memberKey(system, code));
  return member ? validateMember(member, coding, allowAbstract) : validateOpen(coding, system, name, source, allowAbstract);
}

function validateMember(member: Member, { code, display }: Coding, allowAbstract: boolean): Validity {
  const known = member.display === undefined ? {} : { display: member.display };
  if (member.abstract && !allowAbstract) return { result: false, message: `The code ${said(code)} only groups others and is not to be chosen.`, ...known };
  const names = [member.display, ...(member.concept ? displaysOf(member.concept) : member.designations.map(({ value }) => value))];
  return { ...judgeDisplay(display, names.filter((text) => text !== undefined), code), ...known };
}

/** Every code of the system is meant, but the system itself is not at hand: more cannot be told. */
async function validateOpen(coding: Coding, url: string, name: string, source: TerminologySource, allowAbstract: boolean): Promise<Validity> {
  const resource = await source.codeSystem(url, coding.version);
  if (resource?.content === 'complete') return validateInSystem(conceptSystem(resource), coding, allowAbstract);
  return { result: true, message: `All codes of ${url} are in ${name}; whether ${said(coding.code)} is one of them cannot be told, since the code system is not at hand.` };
}

/** A code without system is meant where one code system of the value set has it. */
function bareCode(set: CodeSet, coding: Coding): Coding | undefined {
  const found = [...set.listed.values()].filter(({ code }) => code === coding.code);
  if (found.length === 1) return { ...coding, system: found[0]!.system };
  return found.length === 0 && set.open.size === 1 && set.unknown.size === 0 ? { ...coding, system: [...set.open.keys()][0]! } : undefined;
}

function judgeDisplay(given: string | undefined, names: readonly string[], code: string | undefined): Validity {
  const plain = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim();
  if (given === undefined || names.length === 0 || names.some((name) => plain(name) === plain(given))) return { result: true };
  return { result: false, message: `The display ${said(given)} is none of the code ${said(code)}; it is called ${said(names[0])}.` };
}

/** Valid as soon as one of its codings is; otherwise with what is wrong with each. */
export async function validateConcept({ coding = [] }: CodeableConcept, judge: (coding: Coding) => Promise<Validity>): Promise<Validity> {
  const failures: Validity[] = [];
  for (const one of coding.slice(0, 50)) {
    const validity = await judge(one);
    if (validity.result) return validity;
    failures.push(validity);
  }
  if (failures.length === 0) return { result: false, message: 'The concept has no coding.' };
  return { ...failures[0]!, message: failures.map(({ message }) => message).join(' ') };
}
