import { compartmentTypes, type Expression } from '#libs/fhir';
import { NO_PATIENT, SEVERAL_PATIENTS } from '../../store/tables';
import { patientsFilteredBy } from '../access/patients-named';
import type { Chart } from './index-lookup';
import type { Scope } from './scope';

/**
 * The charts in which everything that passes `filters` and `access` lies, where that can be told beforehand:
 * index reads then touch one cluster, whatever the size of the population.
 */
export function chartOf(type: string, filters: readonly Expression[], access: Expression, scope: Scope): Chart {
  if (!compartmentTypes.has(type)) return [NO_PATIENT];
  return [access, ...filters].map((one) => confinement(one, scope)).reduce(intersection, undefined);
}

function confinement(expression: Expression, scope: Scope): Chart {
  switch (expression.op) {
    case 'and': return expression.of.map((one) => confinement(one, scope)).reduce(intersection, undefined);
    case 'or': return expression.of.map((one) => confinement(one, scope)).reduce(union);
    case 'nothing': return [];
    case 'shared': return [NO_PATIENT];
    case 'compartment': return keysOf([expression.patient], scope, expression.exclusive);
    default: {
      const patients = patientsFilteredBy(expression);
      return patients && keysOf(patients, scope, false);
    }
  }
}

function keysOf(patients: readonly string[], scope: Scope, exclusive: boolean): Chart {
  const keys = patients.map((patient) => scope.patientKey(patient)).filter((key) => key !== undefined);
  return exclusive ? keys : [...new Set([...keys, SEVERAL_PATIENTS])];
}

function intersection(a: Chart, b: Chart): Chart {
  if (!a || !b) return a ?? b;
  return a.filter((key) => b.includes(key));
}

function union(a: Chart, b: Chart): Chart {
  return a && b ? [...new Set([...a, ...b])] : undefined;
}
