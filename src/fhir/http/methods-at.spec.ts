import { methodsAt } from './methods-at';

describe(methodsAt, () => {
  it.each([
    ['', 'GET, POST'], ['metadata', 'GET'], ['_history', 'GET'], ['_search', 'POST'], ['Patient', 'DELETE, GET, PATCH, POST, PUT'], ['Patient/1', 'DELETE, GET, PATCH, PUT'], ['Patient/_search', 'POST'],
    ['Patient/_history', 'GET'], ['Patient/1/_history', 'GET'], ['Patient/1/_history/2', 'GET'], ['Patient/1/Observation', 'GET'], ['Patient/1/Observation/_search', 'POST'],
  ])('tells what “%s” takes: %s', (path, methods) => expect(methodsAt(path)).toBe(methods));

  it.each(['Pacient', 'Pacient/1', 'Patient/1/_history/2/3', 'Patient/1/Observation/2', 'Patient/1/$everything', 'Patient/$match', 'a/b/c/d', 'metadata/1'])('knows nothing of “%s”', (path) => expect(methodsAt(path)).toBeUndefined());
});
