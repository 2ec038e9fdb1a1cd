import type { CodeableConcept, Coding } from '#libs/fhir';
import { builtIn, type ConceptMapResource, isMapped, type MapElement, type Match, splitCanonical, translate } from '#libs/terminology';
import { invalid } from '../../kernel';
import { type Operation, type OperationAnswer, type OperationCall, type OperationInput, OperationProvider } from '../operations';
import { Definitions } from './definitions';
import { type AnswerParameter, codingsOf, parametersAnswer } from './parameters';
import { TRANSLATE } from './translate.declaration';

/** `ConceptMap/$translate`. */
@OperationProvider()
export class TranslateOperation implements Operation {
  readonly declaration = TRANSLATE;

  constructor(
    private readonly definitions: Definitions,
  ) {}

  async run(call: OperationCall): Promise<OperationAnswer> {
    const { access, input } = call;
    this.definitions.require(access, 'ConceptMap');
    const { concept } = codingsOf(input);
    const targetSystem = input.text('targetsystem');
    const options = {
      reverse: input.flag('reverse') ?? false,
      ...(targetSystem !== undefined && { targetSystem }),
      dependencies: input.parts('dependency').map(dependencyOf),
      otherMap: (canonical: string) => this.otherMap(call, canonical),
    };
    const matches: Match[] = [];
    for (const coding of (concept.coding ?? []).slice(0, 50)) {
      for (const map of await this.maps(call, coding)) matches.push(...(await translate(map, coding, options)));
    }
    return { body: answerOf(matches) };
  }

  /** The one map named, or all between the value sets or systems named. */
  private async maps(call: OperationCall, coding: Coding): Promise<ConceptMapResource[]> {
    const { access, id, input } = call;
    const [sent, url] = [input.resource('conceptMap') as ConceptMapResource | undefined, input.text('url')];
    if (id !== undefined) return [await this.definitions.read<ConceptMapResource>(access, 'ConceptMap', id)];
    if (sent) return [sent];
    if (url !== undefined) return [await this.definitions.get<ConceptMapResource>(access, 'ConceptMap', url, input.text('conceptMapVersion'))];
    if (coding.system === undefined) throw invalid('Name the concept map or the system of the code.', [{ path: 'url', rule: 'required', message: 'Name the concept map by url, or the code system by system, so that maps for it can be found.' }]);
    const stored = await this.definitions.mapsBy(access, input.flag('reverse') ? 'target' : 'source', coding.system);
    const own = builtIn.list('ConceptMap').map((entry) => builtIn.find<ConceptMapResource>('ConceptMap', entry.url, entry.version || undefined)!);
    return [...stored, ...own].filter((map) => fits(map, input));
  }

  private otherMap({ access }: OperationCall, canonical: string): Promise<ConceptMapResource | undefined> {
    const { url, version } = splitCanonical(canonical);
    return this.definitions.find<ConceptMapResource>(access, 'ConceptMap', url, version);
  }
}

/** Between the value sets named, if any; in reverse they change places. */
function fits(map: ConceptMapResource, input: OperationInput): boolean {
  const ends = [map.sourceUri ?? map.sourceCanonical, map.targetUri ?? map.targetCanonical];
  const [from, to] = input.flag('reverse') ? ends.reverse() : ends;
  const isNamed = (name: string, end: string | undefined) => !input.has(name) || (end !== undefined && splitCanonical(end).url === splitCanonical(input.text(name)!).url);
  return isNamed('source', from) && isNamed('target', to);
}

function dependencyOf(parts: OperationInput): MapElement {
  const [coding] = (parts.one('concept') as CodeableConcept | undefined)?.coding ?? [];
  return { property: parts.text('element'), ...(coding?.system && { system: coding.system }), ...(coding?.code && { value: coding.code }) };
}

function answerOf(matches: readonly Match[]) {
  const result = matches.some(isMapped);
  return parametersAnswer([
    { name: 'result', valueBoolean: result },
    { name: 'message', valueString: result ? undefined : matches.find(({ comment }) => comment)?.comment ?? 'No map has anything to go by for this code.' },
    ...matches.map(matchParameter),
  ]);
}

function matchParameter({ equivalence, concept, product, source }: Match): AnswerParameter {
  const products = product.map((one) => ({ name: 'product', part: [{ name: 'element', valueUri: one.property }, { name: 'concept', valueCoding: { system: one.system, code: one.value, display: one.display } }] }));
  return { name: 'match', part: [{ name: 'equivalence', valueCode: equivalence }, { name: 'concept', valueCoding: concept }, ...products, { name: 'source', valueUri: source }] };
}
