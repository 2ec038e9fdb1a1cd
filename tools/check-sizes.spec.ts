import { sizeFindings } from './check-sizes';

describe(sizeFindings.name, () => {
  it('accepts files of up to 400 lines', () => {
    expect(sizeFindings([{ path: 'src/a.ts', lines: 400 }], {})).toEqual([]);
  });

  it('names a file that is longer', () => {
    expect(sizeFindings([{ path: 'src/a.ts', lines: 401 }], {})).toEqual([expect.stringContaining('src/a.ts has 401 lines')]);
  });

  it('accepts a longer file that is exempt', () => {
    expect(sizeFindings([{ path: 'src/a.ts', lines: 401 }], { 'src/a.ts': 'a table' })).toEqual([]);
  });

  it('asks to remove an exemption that is no longer needed', () => {
    const findings = sizeFindings([{ path: 'src/a.ts', lines: 10 }], { 'src/a.ts': 'a table', 'src/gone.ts': 'a table' });
    expect(findings).toEqual([expect.stringContaining('src/a.ts is exempt'), expect.stringContaining('src/gone.ts is exempt')]);
  });
});
