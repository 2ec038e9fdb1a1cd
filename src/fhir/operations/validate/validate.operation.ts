import { type FhirResource, isKnownProfile, type OutcomeIssue, operationOutcome, parseJson, validateResource } from '#libs/fhir';
import { type Access, forbidden, invalid, rulesFor } from '../../../kernel';
import { ResourceReader } from '../../store';
import { explained } from '../../validation/refused-resource';
import type { Operation, OperationAnswer, OperationCall, OperationDeclaration } from '../operation';
import { OperationProvider } from '../operation-provider';

const MODES = ['create', 'update', 'delete', 'profile'] as const;
type Mode = (typeof MODES)[number];

/** $validate (R4 resource-operation-validate): what a write would say of a resource, and what it would only advise. */
@OperationProvider()
export class ValidateOperation implements Operation {
  readonly declaration: OperationDeclaration = {
    name: 'validate',
    title: 'Validate a resource',
    description:
      'Checks a resource, or the one stored, against FHIR R4 (structure, required codes, invariants, narrative), the profiles it claims or that are asked for, ' +
      'and the definitions of its extensions. Answers 200 with an OperationOutcome, whatever is found.',
    definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
    levels: ['type', 'instance'],
    affectsState: false,
    parameters: [
      { name: 'resource', use: 'in', min: 0, max: '1', type: 'Resource', documentation: 'The resource; at instance level, in place of the one stored.' },
      { name: 'mode', use: 'in', min: 0, max: '1', type: 'code', documentation: `What is intended: ${MODES.join(', ')}. Deletion is asked of an instance, without content.` },
      { name: 'profile', use: 'in', min: 0, max: '1', type: 'uri', documentation: 'A profile to check against, with or without version (url|version), besides those claimed.' },
      { name: 'return', use: 'out', min: 1, max: '1', type: 'OperationOutcome', documentation: 'Errors, warnings and remarks; one remark that all is well where there are no errors.' },
    ],
  };

  constructor(
    private readonly reader: ResourceReader,
  ) {}

  async run({ access, type, id, input }: OperationCall): Promise<OperationAnswer> {
    const place = { type: type!, ...(id !== undefined && { id }) };
    mayAsk(access, place.type);
    const mode = modeOf(input.text('mode'));
    if (mode === 'delete') return this.deletion(access, place);
    const profile = input.text('profile');
    if (profile !== undefined && !isKnownProfile(profile)) throw unknownProfile();
    const resource = input.resource('resource') ?? (await this.stored(access, place));
    const found = validateResource(resource, { isThorough: true, ...(profile !== undefined && { profiles: [profile] }) });
    const issues = [...misplaced(resource, place, mode), ...found.map((issue): OutcomeIssue => ({ ...issue, diagnostics: explained(issue) }))];
    return { body: outcome(issues, 'No errors were found.') };
  }

  private async stored(access: Access, { type, id }: { type: string; id?: string }): Promise<FhirResource> {
    if (id === undefined) throw invalid('There is nothing to validate.', [{ path: 'resource', rule: 'required', message: 'Send the resource as the body, or as the parameter “resource”.' }]);
    return parseJson((await this.reader.read(access, type, id)).body.toString()) as FhirResource;
  }

  private async deletion(access: Access, { type, id }: { type: string; id?: string }): Promise<OperationAnswer> {
    if (id === undefined) throw invalid('Deletion is asked of an instance.', [{ path: 'mode', rule: 'not-supported', message: `Ask ${type}/[id]/$validate?mode=delete.` }]);
    if (rulesFor(access, type, 'd').length === 0) throw forbidden(`The token does not allow deleting ${type}.`);
    await this.reader.read(access, type, id);
    return { body: outcome([], 'The resource is there and may be deleted, unless others still refer to it then.') };
  }
}

/** Who may do nothing with a type has nothing to validate of it. */
function mayAsk(access: Access, type: string): void {
  if ((['c', 'r', 'u', 'd', 's'] as const).every((verb) => rulesFor(access, type, verb).length === 0)) throw forbidden(`The token does not reach ${type}.`);
}

function modeOf(text: string | undefined): Mode | undefined {
  if (text === undefined) return undefined;
  const mode = MODES.find((one) => one === text);
  if (!mode) throw invalid('This mode is not known.', [{ path: 'mode', rule: 'value', message: `Expected one of ${MODES.join(', ')}.` }]);
  return mode;
}

const unknownProfile = () =>
  invalid('The resource cannot be checked against this profile.', [
    { path: 'profile', rule: 'not-supported', message: 'This profile, or this version of it, is not known here: those of FHIR R4 and of US Core 3.1.1, 6.1.0, 7.0.0 and 8.0.0 are.' },
  ]);

/** What R4 asks of a resource for the address it is meant for. */
function misplaced(resource: FhirResource, { type, id }: { type: string; id?: string }, mode: Mode | undefined): OutcomeIssue[] {
  if (resource.resourceType !== type) return [{ severity: 'error', code: 'invalid', expression: 'Resource.resourceType', diagnostics: `Expected a ${type}, as in the address.` }];
  if (id === undefined || mode === 'create' || mode === 'profile' || resource.id === id) return [];
  return [{ severity: 'error', code: 'invalid', expression: `${type}.id`, diagnostics: 'An update must have the id of the address.' }];
}

function outcome(issues: readonly OutcomeIssue[], fine: string): FhirResource {
  const isFine = issues.every(({ severity }) => severity !== 'error' && severity !== 'fatal');
  const all: OutcomeIssue[] = isFine ? [{ severity: 'information', code: 'informational', diagnostics: fine }, ...issues] : [...issues];
  return operationOutcome(all) as unknown as FhirResource;
}
