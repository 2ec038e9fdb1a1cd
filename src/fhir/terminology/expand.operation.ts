import { expand, type Expansion, splitCanonical, type ValueSetResource } from '#libs/terminology';
import { foldText, instant, invalid, newUuid, unprocessable } from '../../kernel';
import { type Operation, type OperationAnswer, type OperationCall, type OperationInput, OperationProvider } from '../operations';
import { answered } from './answered';
import { Definitions } from './definitions';
import { EXPAND } from './expand.declaration';
import { refuseGiven } from './parameters';
import { valueSetOf } from './value-set-of';

/** `ValueSet/$expand`: the codes of a value set. */
@OperationProvider()
export class ExpandOperation implements Operation {
  readonly declaration = EXPAND;

  constructor(
    private readonly definitions: Definitions,
  ) {}

  async run(call: OperationCall): Promise<OperationAnswer> {
    const { access, input } = call;
    this.definitions.require(access, 'ValueSet');
    refuseGiven(input, ['context', 'contextDirection', 'date']);
    const valueSet = await valueSetOf(this.definitions, call);
    const expansion = await answered(() => expand(valueSet, this.definitions.sourceFor(access), optionsOf(input)));
    checkVersions(input, expansion);
    return { body: expandedValueSet(valueSet, expansion, input) };
  }
}

function optionsOf(input: OperationInput) {
  const filter = input.text('filter');
  const language = input.text('displayLanguage');
  const count = wholeNumber(input, 'count');
  return {
    ...(filter !== undefined && { matches: textFilter(filter) }),
    offset: wholeNumber(input, 'offset') ?? 0,
    ...(count !== undefined && { count }),
    includeDesignations: input.flag('includeDesignations') ?? input.has('designation'),
    designations: input.texts('designation'),
    activeOnly: input.flag('activeOnly') ?? false,
    ...(language !== undefined && { language }),
    forSelection: input.flag('excludeNotForUI') ?? false,
    nest: input.flag('excludeNested') === false,
    versions: new Map([...versionsOf(input, 'system-version', false), ...versionsOf(input, 'force-system-version', true)]),
    without: new Set(input.texts('exclude-system')),
  };
}

function wholeNumber(input: OperationInput, name: string): number | undefined {
  const value = input.number(name);
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return value;
  throw invalid('The operation cannot be run as asked.', [{ path: name, rule: 'value', message: `${name} must be a whole number, 0 or more.` }]);
}

/** Every word of it occurs somewhere in one of the texts. */
function textFilter(filter: string): (texts: readonly string[]) => boolean {
  const words = foldText(filter.slice(0, 200)).split(' ').filter(Boolean);
  return (texts) => texts.map(foldText).some((text) => words.every((word) => text.includes(word)));
}

const versionsOf = (input: OperationInput, name: string, force: boolean): [string, { version: string; force: boolean }][] =>
  input.texts(name).map((canonical) => {
    const { url, version } = splitCanonical(canonical);
    if (!version) throw invalid('The operation cannot be run as asked.', [{ path: name, rule: 'value', message: `${name} must be the URL of a code system with a version: system|version.` }]);
    return [url, { version, force }];
  });

function checkVersions(input: OperationInput, { used }: Expansion): void {
  for (const [url, { version }] of versionsOf(input, 'check-system-version', false)) {
    const other = used.find((canonical) => canonical.startsWith(`${url}|`) && canonical !== `${url}|${version}`);
    if (other) throw unprocessable(`The value set uses ${other}, not version ${version.slice(0, 64)}.`);
  }
}

/** In-parameters that an expansion repeats. */
const REPEATED = [['filter', 'valueString'], ['displayLanguage', 'valueCode'], ['activeOnly', 'valueBoolean'], ['includeDesignations', 'valueBoolean'], ['excludeNested', 'valueBoolean'], ['excludeNotForUI', 'valueBoolean'], ['offset', 'valueInteger'], ['count', 'valueInteger']] as const;

function expandedValueSet(valueSet: ValueSetResource, { total, contains, used, unclosed }: Expansion, input: OperationInput): ValueSetResource {
  const { compose, expansion: _old, text: _narrative, contained: _others, ...rest } = valueSet;
  const paged = input.has('offset') || input.has('count');
  const repeated = REPEATED.flatMap(([name, value]) => (input.has(name) ? [{ name, [value]: input.one(name) }] : []));
  return {
    ...rest,
    resourceType: 'ValueSet',
    ...(input.flag('includeDefinition') && compose && { compose }),
    expansion: {
      ...(unclosed && { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/valueset-unclosed', valueBoolean: true }] }),
      identifier: `urn:uuid:${newUuid()}`,
      timestamp: instant(),
      total,
      ...(paged && { offset: input.number('offset') ?? 0 }),
      parameter: [...repeated, ...used.map((canonical) => ({ name: 'version', valueUri: canonical }))],
      contains,
    },
  };
}
