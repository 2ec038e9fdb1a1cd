import type { FhirResource } from '#libs/fhir';
import { Elements, listed, said } from './elements';
import type { ElementDefinition, ElementType, Fields, Flag, UsCorePackage } from './package';
import { codesIn } from './value-set';

/** Something that has to be seen in the data. */
export interface MustSupport {
  name: string;
  isIn(resource: FhirResource): boolean;
}

export interface MustSupportReference {
  name: string;
  /** Canonicals of which each has to be met; empty: whatever it refers to. */
  targets: string[];
  of(resource: FhirResource): string[];
}

const BASE = 'http://hl7.org/fhir/StructureDefinition/';

/** One profile, as a conformance kit sees it. */
export class Profile {
  readonly url: string;
  readonly type: string;
  readonly name: string;
  readonly elements: Elements;
  private readonly all: ElementDefinition[];
  private readonly fixedCodes = new Map<string, string[]>();

  constructor(
    private readonly defined: UsCorePackage,
    url: string,
  ) {
    const structure = defined.structures.get(url);
    if (!structure) throw new Error(`US Core ${defined.version} and R4 define no ${url}.`);
    this.url = url;
    this.type = structure.type;
    this.name = url.slice(url.lastIndexOf('/') + 1);
    this.all = structure.snapshot.element;
    this.elements = new Elements(this.all, (extension) => choiceTypes(defined, extension));
  }

  claims(resource: FhirResource): boolean {
    return (resource.meta?.profile ?? []).includes(this.url) || this.claimsVersion(resource);
  }

  /** By this very version of US Core. */
  claimsVersion(resource: FhirResource): boolean {
    return (resource.meta?.profile ?? []).includes(`${this.url}|${this.defined.version}`);
  }

  /** Values of a token element which the profile fixes, as `system|code`; empty where any may stand. */
  fixed(element: 'category' | 'code'): string[] {
    const known = this.fixedCodes.get(element) ?? this.fixedAt(element);
    this.fixedCodes.set(element, known);
    return known;
  }

  private fixedAt(element: string): string[] {
    const path = `${this.type}.${element}`;
    const slices = [...this.elements.slicesOf(path), ...this.elements.slicesOf(`${path}.coding`)];
    const mandatory = slices.filter(({ min }) => min > 0);
    const chosen = mandatory.length > 0 ? mandatory : slices;
    const roots = chosen.length > 0 ? chosen : this.all.filter((root) => root.id === path && (said(root) || this.isShort(root)));
    return [...new Set(roots.flatMap((root) => this.codesAt(root)))];
  }

  private codesAt(root: ElementDefinition): string[] {
    const pattern = said(root) as Fields | undefined;
    if (pattern) return (listed(pattern.coding ?? pattern) as Fields[]).map(({ system, code }) => `${system}|${code}`);
    const fixed = (part: string): unknown => this.elements.under(root.id).filter(({ path }) => path.endsWith(`.${part}`)).map(said).find(Boolean);
    if (fixed('code')) return [`${fixed('system') ?? ''}|${fixed('code')}`];
    return codesIn(this.defined, root.binding?.valueSet) ?? [];
  }

  /** A handful of codes, such as those of the smoking status, is meant to be searched by. */
  private isShort(root: ElementDefinition): boolean {
    const codes = root.path.endsWith('.code') && this.type === 'Observation' ? codesIn(this.defined, root.binding?.valueSet) : undefined;
    return codes !== undefined && codes.length < 6;
  }

  /** Whether the search by code, or by category where it fixes no code, finds a resource for this profile. */
  finds(resource: FhirResource): boolean {
    if (resource.resourceType !== this.type) return false;
    const element = this.type === 'Observation' && this.fixed('code').length > 0 ? 'code' : 'category';
    return this.has(resource, element);
  }

  private has(resource: FhirResource, element: 'category' | 'code'): boolean {
    const wanted = this.fixed(element);
    return wanted.length === 0 || codingsOf(resource[element]).some(({ system, code }) => wanted.includes(`${system}|${code}`) || wanted.includes(`|${code}`));
  }

  /** Whether a resource is one that the profile is meant for. */
  selects(resource: FhirResource): boolean {
    if (resource.resourceType !== this.type) return false;
    return this.has(resource, 'category') && (this.type !== 'Observation' || this.has(resource, 'code'));
  }

  mustSupports(): MustSupport[] {
    return this.all.filter((element) => this.isMustSupport(element)).flatMap((element) => this.seen(element));
  }

  references(): MustSupportReference[] {
    const referring = this.all.filter((element) => this.isMustSupport(element) && element.type?.some(({ code }) => code === 'Reference'));
    return referring.map((element) => ({
      name: shortOf(element.id),
      targets: targetsOf(element.type!.find(({ code }) => code === 'Reference')!),
      of: (resource) => this.elements.at(resource, element.id).flatMap(({ value }) => ((value as Fields)?.reference as string) ?? []),
    }));
  }

  private isMustSupport({ id, max, mustSupport, extension }: ElementDefinition): boolean {
    const uscdi = extension?.some(({ url, valueBoolean }) => url.endsWith('/uscdi-requirement') && valueBoolean !== false);
    return id.includes('.') && max !== '0' && (mustSupport === true || uscdi === true) && !this.isInherited(id);
  }

  /** From the profile of all vital signs, one of a single number inherits components, and a panel a value of its own. */
  private isInherited(id: string): boolean {
    const components = this.elements.slicesOf('Observation.component');
    if (id.startsWith('Observation.component')) return components.length === 0;
    return id.startsWith('Observation.value[x]') && components.some(({ min }) => min > 0);
  }

  private seen(element: ElementDefinition): MustSupport[] {
    const { id } = element;
    const types = id.endsWith('[x]') ? flagged(element.type ?? []) : [];
    const named = (name: string, isIn: MustSupport['isIn']) => ({ name, isIn });
    if (types.length === 0) return [named(shortOf(id), (resource) => this.elements.at(resource, id).length > 0)];
    return types.map(({ code }) => {
      const suffix = code.charAt(0).toUpperCase() + code.slice(1);
      const stem = id.slice(0, -3);
      return named(`${shortOf(stem)}${suffix}`, (resource) => this.elements.at(resource, id).some(({ name }) => name === `${stem.slice(stem.lastIndexOf('.') + 1)}${suffix}`));
    });
  }
}

/** Names that the value of an extension may have, such as valueCode; none where the extension is not known. */
function choiceTypes(defined: UsCorePackage, url: string): string[] {
  const value = defined.structures.get(url.split('|')[0]!)?.snapshot.element.find(({ id, max }) => /^Extension\.value/.test(id) && max !== '0');
  return value?.type?.map(({ code }) => `value${code.charAt(0).toUpperCase()}${code.slice(1)}`) ?? [];
}

const shortOf = (id: string): string => id.slice(id.indexOf('.') + 1);

export const codingsOf = (value: unknown): { system?: string; code?: string }[] =>
  listed(value).flatMap((one) => (listed((one as Fields)?.coding ?? one) as { system?: string; code?: string }[]));

const isFlagged = (extension: Flag[] | undefined): boolean => extension?.some(({ url, valueBoolean }) => url.endsWith('/elementdefinition-type-must-support') && valueBoolean !== false) ?? false;

/** The types of a choice that are must-support by themselves; the only type is so anyway. */
const flagged = (types: ElementType[]): ElementType[] => (types.length === 1 ? types : types.filter(({ extension }) => isFlagged(extension)));

function targetsOf({ targetProfile = [], _targetProfile }: ElementType): string[] {
  const marked = targetProfile.filter((_url, at) => isFlagged(_targetProfile?.[at]?.extension));
  if (marked.length > 0) return marked;
  return targetProfile.length === 1 && !targetProfile[0]!.startsWith(BASE) ? targetProfile : [];
}
