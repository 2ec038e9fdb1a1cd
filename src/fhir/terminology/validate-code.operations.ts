import type { CodeableConcept, Coding } from '#libs/fhir';
import { type CodeSystemResource, conceptSystem, type ConceptSystem, Evaluation, validateConcept, validateInSet, validateInSystem, type Validity } from '#libs/terminology';
import { SalusError } from '../../kernel';
import { type Operation, type OperationAnswer, type OperationCall, OperationProvider } from '../operations';
import { answered } from './answered';
import { Definitions } from './definitions';
import { codingsOf, parametersAnswer, refuseGiven } from './parameters';
import { VALIDATE_IN_SYSTEM, VALIDATE_IN_VALUE_SET } from './validate-code.declarations';
import { valueSetOf } from './value-set-of';

const answerOf = ({ result, message, display }: Validity): OperationAnswer => ({
  body: parametersAnswer([{ name: 'result', valueBoolean: result }, { name: 'message', valueString: message }, { name: 'display', valueString: display }]),
});

/** `CodeSystem/$validate-code`. */
@OperationProvider()
export class ValidateInSystemOperation implements Operation {
  readonly declaration = VALIDATE_IN_SYSTEM;

  constructor(
    private readonly definitions: Definitions,
  ) {}

  async run(call: OperationCall): Promise<OperationAnswer> {
    const { access, input } = call;
    this.definitions.require(access, 'CodeSystem');
    refuseGiven(input, ['date']);
    const { concept } = codingsOf(input);
    const named = await this.named(call);
    return answerOf(await validateConcept(concept, async (coding) => {
      const system = named ?? (await this.systemOf(call, coding));
      if (typeof system === 'string') return { result: false, message: system };
      if (coding.system !== undefined && coding.system !== system.url) return { result: false, message: `The coding is of ${coding.system.slice(0, 200)}, not of ${system.url}.` };
      return validateInSystem(system, coding, input.flag('abstract') ?? true);
    }));
  }

  /** The code system that the call says to look in, whatever the coding. */
  private async named({ access, id, input }: OperationCall): Promise<ConceptSystem | undefined> {
    if (id !== undefined) return conceptSystem(await this.definitions.read<CodeSystemResource>(access, 'CodeSystem', id));
    const [sent, url] = [input.resource('codeSystem') as CodeSystemResource | undefined, input.text('url')];
    if (sent) return conceptSystem(sent);
    return url === undefined ? undefined : this.definitions.system(access, url, input.text('version'));
  }

  /** That of the coding itself; or in words why there is none. */
  private async systemOf({ access }: OperationCall, { system, version }: Coding): Promise<ConceptSystem | string> {
    if (system === undefined) return 'The coding names no code system.';
    try {
      return await this.definitions.system(access, system, version);
    } catch (error) {
      if (error instanceof SalusError && error.kind === 'not-found') return error.message;
      throw error;
    }
  }
}

/** `ValueSet/$validate-code`. */
@OperationProvider()
export class ValidateInValueSetOperation implements Operation {
  readonly declaration = VALIDATE_IN_VALUE_SET;

  constructor(
    private readonly definitions: Definitions,
  ) {}

  async run(call: OperationCall): Promise<OperationAnswer> {
    const { access, input } = call;
    this.definitions.require(access, 'ValueSet');
    refuseGiven(input, ['context', 'date']);
    const { concept } = codingsOf(input, 'systemVersion');
    const valueSet = await valueSetOf(this.definitions, call);
    const source = this.definitions.sourceFor(access);
    const versions = new Map(withVersion(concept).map(({ system, version }) => [system!, { version: version!, force: false }]));
    const validity = await answered(async () => {
      const set = await new Evaluation(source, { versions }).of(valueSet);
      return validateConcept(concept, (coding) => validateInSet(set, coding, valueSet.url ?? 'the value set', source, input.flag('abstract') ?? true));
    });
    return answerOf(validity);
  }
}

const withVersion = ({ coding = [] }: CodeableConcept): Coding[] => coding.filter(({ system, version }) => system !== undefined && version !== undefined);
