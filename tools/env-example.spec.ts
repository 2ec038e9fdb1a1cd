import { z } from 'zod';
import { envExample } from './env-example';

describe(envExample.name, () => {
  it('writes each setting with its comment and its default', () => {
    const text = envExample({ PORT: { schema: z.coerce.number().default(9300), about: 'Port of the server.' } });
    expect(text).toContain('\n# Port of the server.\n#PORT=9300\n');
  });

  it('writes a list as one would give it', () => {
    const schema = z
      .string()
      .default('north,south')
      .transform((list) => list.split(','));
    expect(envExample({ SITES: { schema, about: 'Sites.' } })).toContain('\n#SITES=north,south\n');
  });

  it('leaves the value open where there is no default', () => {
    const text = envExample({
      REDIS_URL: { schema: z.string().optional(), about: 'Queue.' },
      TLS_KEY: { schema: z.string(), about: 'Key.' },
    });
    expect(text).toContain('\n#REDIS_URL=\n');
    expect(text).toContain('\n#TLS_KEY=\n');
  });

  it('sets nothing when it is copied as it is', () => {
    const text = envExample({ PORT: { schema: z.coerce.number().default(9300), about: 'Port of the server.' } });
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});
