import { validateResource } from './definitions/validate-resource';
import { operationOutcome } from './outcome';

describe(operationOutcome, () => {
  it('holds the issues in their order, absent parts left out', () => {
    const outcome = operationOutcome([{ severity: 'error', code: 'not-found' }, { severity: 'warning', code: 'value', diagnostics: 'x', expression: 'Patient.name' }]);
    expect(outcome).toEqual({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }, { severity: 'warning', code: 'value', diagnostics: 'x', expression: ['Patient.name'] }] });
  });

  it('is itself a valid resource', () => {
    expect(validateResource(operationOutcome(validateResource({ resourceType: 'Patient', x: 1 })))).toEqual([]);
  });

  it('refuses to say nothing', () => {
    expect(() => operationOutcome([])).toThrow('needs an issue');
  });
});
