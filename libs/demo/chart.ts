import type { FhirResource, Reference } from '#libs/fhir';
import { addDays, addMonths, type IsoDate, laterOf, monthsBetween, workday, yearsBetween } from './calendar';
import type { VaccineName } from './codes/vaccines';
import type { ProblemName } from './codes/problems';
import { usCore } from './codes/systems';
import { stableUuid } from './identity';
import type { Person } from './people/person';
import type { StaffKey } from './practice/staff';
import type { Random } from './random';
import { compact, refer } from './values';

/** How this body grows and weighs; drawn once, so that every reading of it agrees. */
export interface Body {
  /** Standard scores on the growth charts of children. */
  heightScore: number;
  weightScore: number;
  headScore: number;
  adultHeight: number;
  adultWeight: number;
}

export type Filed = FhirResource & { id: string };

/**
 * One patient's record while it is being told. It hands out stable ids and keeps the resources in the
 * order they were filed; the clinical modules add to it and remember here what later parts rely on.
 */
export class Chart {
  readonly patient: Reference;
  readonly body: Body;
  /** Doses given so far; the next one due follows from them. */
  readonly doses = new Map<VaccineName, IsoDate[]>();
  /** What stands on the problem list; visits for it refer there. */
  readonly problems = new Map<ProblemName, Reference>();
  private readonly resources: Filed[] = [];
  private readonly ordinals = new Map<string, number>();

  constructor(
    readonly person: Person,
    readonly asOf: IsoDate,
    readonly random: Random,
  ) {
    this.patient = refer({ resourceType: 'Patient', id: person.id }, `${person.given[0]} ${person.family}`);
    this.body = drawBody(person, random);
  }

  /** The last day on which anything can have happened to this patient. */
  get until(): IsoDate {
    return this.person.deceased ?? this.asOf;
  }

  get doctor(): StaffKey {
    return this.person.doctor;
  }

  get filed(): readonly Filed[] {
    return this.resources;
  }

  /** A working day so many months (and days) before the story ends, never before birth. */
  ago(months: number, days = 0): IsoDate {
    return laterOf(this.person.birthDate, workday(addDays(addMonths(this.until, -months), -days)));
  }

  ageOn(date: IsoDate): number {
    return yearsBetween(this.person.birthDate, date);
  }

  monthsOld(date: IsoDate): number {
    return monthsBetween(this.person.birthDate, date);
  }

  /** Files a resource that claims no US Core profile. */
  add(resourceType: string, elements: object): Filed {
    return this.file(compact({ resourceType, id: this.nextId(resourceType), ...elements }));
  }

  /** Files a resource under the US Core profile of that short name. */
  addProfiled(resourceType: string, profile: string, elements: object): Filed {
    return this.file(compact({ resourceType, id: this.nextId(resourceType), meta: { profile: [usCore(profile)] }, ...elements }));
  }

  file<T extends Filed>(resource: T): T {
    this.resources.push(resource);
    return resource;
  }

  private nextId(resourceType: string): string {
    const ordinal = (this.ordinals.get(resourceType) ?? 0) + 1;
    this.ordinals.set(resourceType, ordinal);
    return stableUuid(this.person.id, resourceType, ordinal);
  }
}

function drawBody(person: Person, random: Random): Body {
  const tall = person.sex === 'male' ? random.around(176, 6.5) : random.around(162, 6);
  const massIndex = random.around(26.5, 3.2);
  return {
    heightScore: random.around(0, 0.8),
    weightScore: random.around(0.1, 0.5),
    headScore: random.around(0, 0.8),
    adultHeight: Math.round(tall),
    adultWeight: Math.round(massIndex * (tall / 100) ** 2),
  };
}
