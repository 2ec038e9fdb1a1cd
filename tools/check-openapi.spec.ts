import { openApiFindings } from './check-openapi';

const valid = () => ({
  openapi: '3.0.3',
  info: { title: 'Salus', version: '1' },
  paths: {
    '/patient/{id}': {
      parameters: [{ $ref: '#/components/parameters/id' }],
      get: {
        operationId: 'readPatient',
        security: [{ oauth2: [] }],
        responses: {
          200: { description: 'the patient', content: { 'application/json': { schema: { $ref: '#/components/schemas/Patient' } } } },
        },
      },
    },
  },
  components: {
    parameters: { id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } },
    schemas: { Patient: { type: 'object' } },
    securitySchemes: { oauth2: { type: 'http', scheme: 'bearer' } },
  },
});

type Document = ReturnType<typeof valid>;

describe(openApiFindings.name, () => {
  it('finds nothing in a valid document', async () => {
    expect(await openApiFindings(valid())).toEqual([]);
  });

  const broken: [string, (document: Document) => unknown, string][] = [
    ['a missing title', (document) => Reflect.deleteProperty(document.info, 'title'), "must have required property 'title'"],
    [
      'a reference to a missing schema',
      (document) => Reflect.deleteProperty(document.components.schemas, 'Patient'),
      '#/components/schemas/Patient is referred to',
    ],
    [
      'two operations of one id',
      (document) => Object.assign(document.paths['/patient/{id}'], { put: document.paths['/patient/{id}'].get }),
      'PUT /patient/{id} and GET /patient/{id} share the operation id readPatient',
    ],
    [
      'an undeclared path parameter',
      (document) => Object.assign(document.components.parameters.id, { in: 'query' }),
      'GET /patient/{id} does not declare {id}',
    ],
    [
      'a path parameter the path does not have',
      (document) => Object.assign(document.components.parameters.id, { name: 'uuid' }),
      'GET /patient/{id} declares {uuid}, not in its path',
    ],
    [
      'an unknown security scheme',
      (document) => Reflect.deleteProperty(document.components.securitySchemes, 'oauth2'),
      'security scheme oauth2',
    ],
  ];

  it.each(broken)('reports %s', async (_what, breakIt, finding) => {
    const document = valid();
    breakIt(document);
    expect((await openApiFindings(document)).join('\n')).toContain(finding);
  });
});
