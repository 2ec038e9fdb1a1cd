import type { Code } from '../values';

export interface Vaccine {
  cvx: Code;
  maker: string;
  route: 'IM' | 'SC' | 'PO';
  dose: number;
  /** Ages in months at which a dose falls due (CDC schedule, simplified to one product per disease). */
  dueAtMonths?: readonly number[];
  /** Adults get a further dose each time so many years have gone by since the last. */
  everyYears?: number;
  adultFromYears?: number;
  series: string;
}

export const vaccines = {
  hepatitisB: {
    cvx: ['08', 'Hep B, adolescent or pediatric'],
    maker: 'Merck Sharp & Dohme LLC',
    route: 'IM',
    dose: 0.5,
    dueAtMonths: [0, 1, 6],
    series: 'Hepatitis B',
  },
  rotavirus: {
    cvx: ['119', 'rotavirus, monovalent'],
    maker: 'GlaxoSmithKline',
    route: 'PO',
    dose: 1.5,
    dueAtMonths: [2, 4],
    series: 'Rotavirus',
  },
  dtap: { cvx: ['20', 'DTaP'], maker: 'Sanofi Pasteur', route: 'IM', dose: 0.5, dueAtMonths: [2, 4, 6, 15, 48], series: 'DTaP' },
  hib: { cvx: ['49', 'Hib (PRP-OMP)'], maker: 'Merck Sharp & Dohme LLC', route: 'IM', dose: 0.5, dueAtMonths: [2, 4, 12], series: 'Hib' },
  pneumococcalChild: {
    cvx: ['133', 'Pneumococcal conjugate PCV 13'],
    maker: 'Pfizer, Inc',
    route: 'IM',
    dose: 0.5,
    dueAtMonths: [2, 4, 6, 12],
    series: 'Pneumococcal',
  },
  polio: { cvx: ['10', 'IPV'], maker: 'Sanofi Pasteur', route: 'IM', dose: 0.5, dueAtMonths: [2, 4, 6, 48], series: 'Polio' },
  mmr: { cvx: ['03', 'MMR'], maker: 'Merck Sharp & Dohme LLC', route: 'SC', dose: 0.5, dueAtMonths: [12, 48], series: 'MMR' },
  varicella: {
    cvx: ['21', 'varicella'],
    maker: 'Merck Sharp & Dohme LLC',
    route: 'SC',
    dose: 0.5,
    dueAtMonths: [12, 48],
    series: 'Varicella',
  },
  hepatitisA: {
    cvx: ['83', 'Hep A, ped/adol, 2 dose'],
    maker: 'GlaxoSmithKline',
    route: 'IM',
    dose: 0.5,
    dueAtMonths: [12, 18],
    series: 'Hepatitis A',
  },
  tdap: {
    cvx: ['115', 'Tdap'],
    maker: 'Sanofi Pasteur',
    route: 'IM',
    dose: 0.5,
    dueAtMonths: [132],
    everyYears: 10,
    adultFromYears: 19,
    series: 'Tetanus',
  },
  hpv: { cvx: ['165', 'HPV9'], maker: 'Merck Sharp & Dohme LLC', route: 'IM', dose: 0.5, dueAtMonths: [132, 138], series: 'HPV' },
  meningococcal: {
    cvx: ['114', 'meningococcal MCV4P'],
    maker: 'Sanofi Pasteur',
    route: 'IM',
    dose: 0.5,
    dueAtMonths: [132, 192],
    series: 'Meningococcal ACWY',
  },
  influenza: {
    cvx: ['140', 'Influenza, seasonal, injectable, preservative free'],
    maker: 'Seqirus',
    route: 'IM',
    dose: 0.5,
    everyYears: 1,
    series: 'Influenza',
  },
  zoster: {
    cvx: ['187', 'zoster recombinant'],
    maker: 'GlaxoSmithKline',
    route: 'IM',
    dose: 0.5,
    dueAtMonths: [600, 606],
    series: 'Zoster',
  },
  pneumococcalAdult: {
    cvx: ['216', 'Pneumococcal conjugate PCV20, polysaccharide CRM197 conjugate, adjuvant, PF'],
    maker: 'Pfizer, Inc',
    route: 'IM',
    dose: 0.5,
    dueAtMonths: [780],
    series: 'Pneumococcal',
  },
  /** Off the common schedule: for those at special risk, such as wearers of a cochlear implant. */
  pneumococcalPolysaccharide: {
    cvx: ['33', 'pneumococcal polysaccharide vaccine, 23 valent'],
    maker: 'Merck Sharp & Dohme LLC',
    route: 'IM',
    dose: 0.5,
    series: 'Pneumococcal',
  },
} satisfies Record<string, Vaccine>;

export type VaccineName = keyof typeof vaccines;
