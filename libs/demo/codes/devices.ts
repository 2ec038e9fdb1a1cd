import type { Code } from '../values';

export interface Implant {
  type: Code;
  name: string;
  maker: string;
  /** GS1 device identifier; prefix 999 is assigned to no one. */
  identifier: string;
  model: string;
}

export const implants = {
  cochlear: {
    type: ['43252007', 'Cochlear prosthesis, device'],
    name: 'Cochlear implant',
    maker: 'Clear Canyon Hearing',
    identifier: '99900000000017',
    model: 'CC-22',
  },
  knee: {
    type: ['109228008', 'Knee joint prosthesis'],
    name: 'Total knee prosthesis',
    maker: 'High Mesa Orthopedics',
    identifier: '99900000000024',
    model: 'HM-K7',
  },
  pacemaker: {
    type: ['14106009', 'Cardiac pacemaker, device'],
    name: 'Dual-chamber pacemaker',
    maker: 'Steady Pulse Devices',
    identifier: '99900000000031',
    model: 'SP-200',
  },
} satisfies Record<string, Implant>;

export type ImplantName = keyof typeof implants;
