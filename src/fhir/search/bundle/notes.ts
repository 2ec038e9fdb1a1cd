import { codesNeverUsed, type OutcomeIssue, type SearchRequest } from '#libs/fhir';
import { MAX_INCLUDED } from '../include/included';

/** What the caller should know of an answer besides: sent as an entry of mode outcome. */
export function notesOn(request: SearchRequest, cut: boolean): OutcomeIssue[] {
  const unused = codesNeverUsed(request.type, request.filters);
  return [...request.unknown.map((name) => unknown(request.type, name)), ...unused.map((name) => unusedCode(request.type, name)), ...(cut ? [TOO_MANY_INCLUDED] : [])];
}

const TOO_MANY_INCLUDED: OutcomeIssue = { severity: 'warning', code: 'too-costly', diagnostics: `More than ${MAX_INCLUDED} resources were to be included; the rest was left out. Ask for smaller pages.` };

const unusedCode = (type: string, name: string): OutcomeIssue => ({ severity: 'warning', code: 'code-invalid', diagnostics: `“${name}” asks for a code that no ${type} can have; that code matched nothing.` });

function unknown(type: string, name: string): OutcomeIssue {
  const who = type === '*' || type.includes(',') ? 'Not every type that is searched has a' : `${type} has no`;
  return { severity: 'warning', code: 'not-supported', diagnostics: `${who} search parameter “${name.slice(0, 64)}”; it was left out.` };
}
