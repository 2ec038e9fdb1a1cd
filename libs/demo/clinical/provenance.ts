import { instantAt } from '../calendar';
import type { Chart, Filed } from '../chart';
import { hl7, systems } from '../codes/systems';
import { facilities } from '../practice/facilities';
import { partner } from '../practice/partners';
import { practitioner } from '../practice/staff';
import { type Code, concept, refer } from '../values';

const author: Code = ['author', 'Author'];
const participant = (code: Code) => concept(hl7('provenance-participant-type'), code);
const transmitter = concept(systems.transmitter, ['transmitter', 'Transmitter']);
const ofTheLab = new Set(['us-core-observation-lab', 'us-core-diagnosticreport-lab', 'us-core-specimen']);

/** Who wrote the record and who sent it: one Provenance for the chart, one for what the laboratory reported. */
export function attest(chart: Chart): void {
  const reported = chart.filed.filter(isOfTheLab);
  const written = chart.filed.filter((resource) => !isOfTheLab(resource));
  const clinic = facilities.clinic.organization;
  const recorded = instantAt(chart.until, 1080);
  chart.addProfiled('Provenance', 'us-core-provenance', {
    target: written.map((resource) => refer(resource)),
    recorded,
    agent: [
      { type: participant(author), who: practitioner(chart.doctor), onBehalfOf: clinic },
      { type: transmitter, who: clinic, onBehalfOf: clinic },
    ],
  });
  if (reported.length === 0) return;
  chart.addProfiled('Provenance', 'us-core-provenance', {
    target: reported.map((resource) => refer(resource)),
    recorded,
    agent: [
      { type: participant(author), who: partner('lab'), onBehalfOf: clinic },
      { type: transmitter, who: partner('lab'), onBehalfOf: clinic },
    ],
  });
}

function isOfTheLab(resource: Filed): boolean {
  const profile = resource.meta?.profile?.[0] ?? '';
  return ofTheLab.has(profile.slice(profile.lastIndexOf('/') + 1));
}
