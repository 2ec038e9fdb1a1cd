import { type ChainTest, type Expression, type HasTest, type InCompartment, searchParametersOf } from '#libs/fhir';
import { keyText } from '../../store/index-rows';
import { NO_PATIENT, referenceTable, SEVERAL_PATIENTS } from '../../store/tables';
import { all, any, FALSE, type Fragment, isIn, name, sql, TRUE } from '../sql/fragment';
import { chainLookup, hasSet } from './chain';
import { columnCondition, isColumn } from './column';
import { lookupOf, matchingProbe } from './index-lookup';
import type { Scope } from './scope';

/** Whether the resource of alias `r`, whose type is `type`, passes `expression`. */
export function condition(expression: Expression, r: string, type: string, scope: Scope): Fragment {
  switch (expression.op) {
    case 'and': return all(expression.of.map((one) => condition(one, r, type, scope)));
    case 'or': return any(expression.of.map((one) => condition(one, r, type, scope)));
    case 'nothing': return FALSE;
    case 'shared': return sql`${name(`${r}.patient`)} = ${NO_PATIENT}`;
    case 'unrestricted': return sql`${name(`${r}.restricted`)} = ${0}`;
    case 'compartment': return compartmentCondition(expression, r, type, scope);
    case 'has': return hasCondition(expression, r, type, scope);
    case 'chain': return chainCondition(expression, r, scope);
    // A probe that finds nothing is null, which NOT would leave as it is.
    case 'not': return sql`(${condition(expression.of, r, type, scope)}) IS NOT TRUE`;
    case 'open': throw new Error('A question was left open that must be answered before a search is compiled.');
    case 'missing': return isColumn(expression) ? hasColumn(expression.missing) : matchingProbe(lookupOf(expression, scope.now), scope.alias('t'), r);
    case 'test': return isColumn(expression) ? columnCondition(expression, r, scope.now) : matchingProbe(lookupOf(expression, scope.now), scope.alias('t'), r);
  }
}

/** Every resource has an id and a time. */
const hasColumn = (missing: boolean): Fragment => (missing ? FALSE : TRUE);

const chainCondition = (test: ChainTest, r: string, scope: Scope): Fragment => matchingProbe(chainLookup(test, scope), scope.alias('t'), r);

const hasCondition = (test: HasTest, r: string, type: string, scope: Scope): Fragment => sql`${name(`${r}.id`)} IN (${hasSet(test, type, scope)})`;

/** The patient must be on file: what is left of a deleted patient's chart is nobody's. */
function compartmentCondition({ patient, exclusive }: InCompartment, r: string, type: string, scope: Scope): Fragment {
  const key = scope.patientKey(patient);
  if (key === undefined) return FALSE;
  const p = scope.alias('p');
  const alive = sql`(SELECT ${name(`${p}.deleted`)} FROM fhir_resource ${name(p)} WHERE ${name(`${p}.id`)} = ${key}) = ${0}`;
  const own = sql`${name(`${r}.patient`)} = ${key}`;
  return all([alive, exclusive ? own : any([own, sharedWith(patient, r, type, scope)])]);
}

/** In several compartments, this patient's among them. */
function sharedWith(patient: string, r: string, type: string, scope: Scope): Fragment {
  const params = searchParametersOf(type).filter((parameter) => parameter.type === 'reference' && parameter.targets.includes('Patient'));
  const t = scope.alias('t');
  const found = sql`SELECT ${name(`${t}.resource`)} FROM ${name(referenceTable.name)} ${name(t)} WHERE ${name(`${t}.patient`)} = ${SEVERAL_PATIENTS}
    AND ${isIn(name(`${t}.param`), params.map((parameter) => parameter.id))} AND ${name(`${t}.target`)} = ${keyText(`Patient/${patient}`, 190)}`;
  return sql`${name(`${r}.patient`)} = ${SEVERAL_PATIENTS} AND ${name(`${r}.id`)} IN (${found})`;
}
