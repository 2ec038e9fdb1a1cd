import { parseSearchExpression } from './search-expression';

describe(parseSearchExpression, () => {
  it.each([
    ['Patient.name', [{ root: 'Patient', steps: [{ kind: 'child', name: 'name' }], isPresence: false }]],
    ['name', [{ root: undefined, steps: [{ kind: 'child', name: 'name' }], isPresence: false }]],
    ['(Observation.value as Quantity)', [{ root: 'Observation', steps: [{ kind: 'child', name: 'value' }, { kind: 'as', type: 'Quantity' }], isPresence: false }]],
    ['Condition.onset.as(Age)', [{ root: 'Condition', steps: [{ kind: 'child', name: 'onset' }, { kind: 'as', type: 'Age' }], isPresence: false }]],
    ["Patient.telecom.where(system='email')", [{ root: 'Patient', steps: [{ kind: 'child', name: 'telecom' }, { kind: 'where', name: 'system', equals: 'email' }], isPresence: false }]],
    ['Account.subject.where(resolve() is Patient)', [{ root: 'Account', steps: [{ kind: 'child', name: 'subject' }, { kind: 'resolves', type: 'Patient' }], isPresence: false }]],
    ['Bundle.entry[0].resource', [{ root: 'Bundle', steps: [{ kind: 'child', name: 'entry' }, { kind: 'index', at: 0 }, { kind: 'child', name: 'resource' }], isPresence: false }]],
    ['Patient.deceased.exists() and Patient.deceased != false', [{ root: 'Patient', steps: [{ kind: 'child', name: 'deceased' }], isPresence: true }]],
  ])('reads %s', (expression, terms) => {
    expect(parseSearchExpression(expression)).toEqual(terms);
  });

  it('reads every operand of a union', () => {
    const terms = parseSearchExpression('(A.value as CodeableConcept).text | B.x | C');
    expect(terms.map((term) => [term.root, term.steps.length])).toEqual([['A', 3], ['B', 1], ['C', 0]]);
  });

  it.each([
    'Patient.name.first()',
    'Patient.name.exists()',
    'Patient.name and Patient.birthDate',
    'Patient.telecom.where(rank > 1)',
    "Patient.telecom.where(system='a' and use='b')",
    'Patient.',
    '(Patient.name',
    'Patient.name)',
    'Patient.active = true',
    "'x'",
  ])('fails on %s', (expression) => {
    expect(() => parseSearchExpression(expression)).toThrow(/search expression/);
  });
});
