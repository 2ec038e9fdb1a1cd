import type { FhirResource } from '#libs/fhir';

/** One in-parameter as it was given: a value, a resource, or parts. */
export interface OperationArgument {
  name: string;
  value?: unknown;
  resource?: FhirResource;
  parts?: OperationInput;
}

/**
 * The in-parameters of a call, checked against the operation’s declaration: names, cardinality and data types are as
 * declared, so that what is read under a declared name has the declared type.
 */
export class OperationInput {
  constructor(private readonly given: readonly OperationArgument[]) {}

  has(name: string): boolean {
    return this.arguments(name).length > 0;
  }

  arguments(name: string): OperationArgument[] {
    return this.given.filter((one) => one.name === name);
  }

  /** The value of a parameter given at most once. */
  one(name: string): unknown {
    return this.arguments(name)[0]?.value;
  }

  all(name: string): unknown[] {
    return this.arguments(name).map(({ value }) => value);
  }

  /** Of a parameter whose type is written as text: string, code, uri, date, a search type … */
  text(name: string): string | undefined {
    return this.texts(name)[0];
  }

  texts(name: string): string[] {
    return this.all(name).filter((value): value is string => typeof value === 'string');
  }

  flag(name: string): boolean | undefined {
    const value = this.one(name);
    return typeof value === 'boolean' ? value : undefined;
  }

  /** Of integer, positiveInt, unsignedInt and decimal. */
  number(name: string): number | undefined {
    const value = this.one(name);
    return value === undefined ? undefined : Number(value);
  }

  resource(name: string): FhirResource | undefined {
    return this.arguments(name)[0]?.resource;
  }

  resources(name: string): FhirResource[] {
    return this.arguments(name).flatMap(({ resource }) => resource ?? []);
  }

  /** The parts of each repetition. */
  parts(name: string): OperationInput[] {
    return this.arguments(name).flatMap(({ parts }) => parts ?? []);
  }
}
