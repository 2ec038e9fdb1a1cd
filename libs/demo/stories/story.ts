import type { Chart } from '../chart';
import type { Sex } from '../people/person';
import type { StaffKey } from '../practice/staff';

/** Whom a story can happen to. */
export interface Role {
  ages: readonly [youngest: number, oldest: number];
  sex?: Sex;
  doctor: StaffKey;
  dies?: boolean;
  /** On the nurse's care-management list as well. */
  managed?: boolean;
}

/** Several coherent years of one patient, told by filing resources into the chart. */
export interface Story {
  name: string;
  role: Role;
  tell(chart: Chart): void;
}
