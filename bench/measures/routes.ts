import { searchParameter } from '#libs/fhir';
import type { BenchApp } from '../bench-app';
import { fillChartTable } from '../floor/chart-table';
import type { FloorApp } from '../floor/floor-app';
import { type Load, type Target, underLoad, warmUp } from '../load';
import { MISTAKE } from '../regression';
import { interleaved, median, ratio } from '../rounds';
import type { BenchSettings } from '../settings';
import type { Measure } from './measure';
import { type SampleChart, sampleCharts } from './sample-charts';

const BASE = 'http://terminology.hl7.org/CodeSystem/observation-category';

/** Two populations with the same charts in them, and what a token of each may ask. */
export interface Populations {
  app: BenchApp;
  floor: FloorApp;
  tokens: { small: string; large: string };
}

/** Reads, searches and standard reads: against their floors, and in the large population against the small one. */
export async function measureRoutes({ app, floor, tokens }: Populations, settings: BenchSettings): Promise<Measure[]> {
  const category = searchParameter('Observation', 'category')!.id;
  const date = searchParameter('Observation', 'date')!.id;
  const large = await app.database('large');
  await fillChartTable(large, category, date);
  const charts = await sampleCharts(large);
  const onSite = (site: 'small' | 'large', paths: string[]): Target => ({ url: app.url, paths: paths.map((path) => `/apis/${site}/${path}`), token: tokens[site] });
  const onFloor = (paths: string[]): Target => ({ url: floor.url, paths, token: tokens.large });
  const targets = {
    bareObservation: onFloor(charts.map((chart) => `/one/${chart.observation.key}`)),
    barePatient: onFloor(charts.map((chart) => `/one/${chart.patient.key}`)),
    barePage: onFloor(charts.map((chart) => `/page/${chart.patient.key}/${chart.category}/${Date.parse(chart.from)}`)),
    bareChart: onFloor(charts.map((chart) => `/chart/${chart.patient.key}`)),
    read: onSite('large', charts.map((chart) => `fhir/Observation/${chart.observation.id}`)),
    search: onSite('large', charts.map(searchPath)),
    everything: onSite('large', charts.map((chart) => `fhir/Patient/${chart.patient.id}/$everything`)),
    standard: onSite('large', charts.map((chart) => `api/patient/${chart.patient.id}`)),
    readSmall: onSite('small', charts.map((chart) => `fhir/Observation/${chart.observation.id}`)),
    searchSmall: onSite('small', charts.map(searchPath)),
  };
  const slowed = { readSlowed: mistaken(targets.read), searchSlowed: mistaken(targets.search) };
  const all: Partial<Record<Side, Target>> = { ...targets, ...(settings.regression && slowed) };
  await warmUp(Object.values(all), settings);
  const sides = Object.fromEntries(Object.entries(all).map(([name, target]) => [name, () => underLoad(target, settings)])) as Record<Side, () => Promise<Load>>;
  return measuresOf(await interleaved(settings.rounds, sides), settings);
}

const mistaken = (target: Target): Target => ({ ...target, headers: { [MISTAKE]: '1' } });

const searchPath = ({ patient, category, from }: SampleChart): string => `fhir/Observation?patient=${patient.id}&category=${encodeURIComponent(`${BASE}|${category}`)}&date=ge${from}&_count=50`;

type Side = 'bareObservation' | 'barePatient' | 'barePage' | 'bareChart' | 'read' | 'search' | 'everything' | 'standard' | 'readSmall' | 'searchSmall' | 'readSlowed' | 'searchSlowed';

function measuresOf(loads: Record<Side, Load[]>, { growth, regression }: BenchSettings): Measure[] {
  const rates = (side: Side): number[] => loads[side].map(({ rate }) => rate);
  const cpus = (side: Side): number[] => loads[side].flatMap(({ cpu }) => cpu ?? []);
  /** Processor time is a cost, the inverse of throughput: what is small in one is large in the other. */
  const cpuRatio = (side: Side, other: Side): { cpuRatio?: number } => (cpus(side).length > 0 ? { cpuRatio: ratio(cpus(side), cpus(other)) } : {});
  const compare = (name: string, side: Side, floor: Side, atLeast: number): Measure => ({
    name, value: median(rates(side)), against: median(rates(floor)), unit: 'requests/s', ratio: ratio(rates(side), rates(floor)), ...cpuRatio(floor, side), goal: { atLeast },
  });
  const growthOf = (name: string, side: Side, small: Side): Measure => ({
    name, value: 1e6 / median(rates(side)), against: 1e6 / median(rates(small)), unit: 'µs', ratio: ratio(rates(small), rates(side)), ...cpuRatio(side, small), goal: { atMost: 1.3 },
  });
  const slowedBy = (side: Side, slowed: Side): Measure => ({ ...compare(`FHIR ${side} with a mistake in it / as it is`, slowed, side, 0), goal: { atMost: 0.9 } });
  return [
    compare('FHIR read by id / bare read', 'read', 'bareObservation', 0.8),
    compare('FHIR search, 3 parameters, 50 results / bare SQL and byte join', 'search', 'barePage', 0.6),
    compare('Patient/$everything / bare SQL and byte join of the chart', 'everything', 'bareChart', 0.6),
    compare('standard API read of a patient / bare read', 'standard', 'barePatient', 0.6),
    growthOf(`FHIR read: cost at ${growth} × the population`, 'read', 'readSmall'),
    growthOf(`FHIR search: cost at ${growth} × the population`, 'search', 'searchSmall'),
    ...(regression ? [slowedBy('read', 'readSlowed'), slowedBy('search', 'searchSlowed')] : []),
  ];
}
