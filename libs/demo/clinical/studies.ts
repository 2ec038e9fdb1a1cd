import type { Reference } from '#libs/fhir';
import type { Filed } from '../chart';
import { type Study, type StudyFinding, type StudyName, studies } from '../codes/studies';
import { hl7 } from '../codes/systems';
import { practitioner } from '../practice/staff';
import { type Code, concept, loinc, quantity, refer, snomed } from '../values';
import { during, encounterOf, type Visit } from './encounters';
import { fileNote, keptApart, textAttachment } from './notes';
import { categorized, observe, type ObservationValue } from './observation';
import { order } from './orders';

/** Orders a study and files its findings, its report, and the report's text among the notes. */
export function reportStudy(visit: Visit, name: StudyName, reason?: Reference): Reference {
  const study: Study = studies[name];
  const request = order(visit, {
    kind: study.category === 'laboratory' ? 'laboratory' : 'imaging',
    code: loinc(study.code, study.text),
    reason,
  });
  const findings = study.findings.map((found) => recordFinding(visit, study, found, request));
  const text = [`Findings: ${study.findings.map(inWords).join(' ')}`, `Impression: ${study.conclusion}`];
  const attachment = keptApart(visit, textAttachment(visit, study.text, text));
  const report = visit.chart.addProfiled('DiagnosticReport', 'us-core-diagnosticreport-note', {
    basedOn: [request],
    status: 'final',
    category: [loinc(study.service)],
    code: loinc(study.code, study.text),
    subject: visit.chart.patient,
    encounter: encounterOf(visit),
    effectiveDateTime: during(visit, 30),
    issued: during(visit, 120),
    performer: [practitioner(visit.clinician), visit.facility.organization],
    resultsInterpreter: [practitioner(visit.clinician)],
    result: findings.map((observation) => refer(observation)),
    media: study.modality && [{ comment: study.text, link: fileImage(visit, study, study.modality) }],
    conclusion: study.conclusion,
    presentedForm: [attachment],
  });
  fileNote(visit, study.note, attachment);
  return refer(report, study.text);
}

function recordFinding(visit: Visit, { category }: Study, found: StudyFinding, request: Reference): Filed {
  return observe(visit, {
    profile: category === 'laboratory' ? 'us-core-observation-lab' : 'us-core-observation-clinical-result',
    category: [categorized(category)],
    code: loinc(found.code),
    value: valueFor(found),
    at: 30,
    more: { basedOn: [request] },
  });
}

/** One grey pixel (PNG): a picture to fetch, without a picture to store. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

/** Files the picture a study was read from. */
function fileImage(visit: Visit, study: Study, modality: Code): Reference {
  const taken = during(visit, 29);
  const media = visit.chart.add('Media', {
    status: 'completed',
    type: concept(hl7('media-type'), ['image', 'Image']),
    modality: concept('http://dicom.nema.org/resources/ontology/DCM', modality),
    subject: visit.chart.patient,
    encounter: encounterOf(visit),
    createdDateTime: taken,
    issued: taken,
    operator: practitioner(visit.clinician),
    content: keptApart(visit, { contentType: 'image/png', data: PIXEL, title: study.text, creation: taken }),
  });
  return refer(media, study.text);
}

function valueFor(found: StudyFinding): ObservationValue {
  if ('measured' in found) return { valueQuantity: quantity(...found.measured) };
  return 'coded' in found ? { valueCodeableConcept: snomed(found.coded) } : { valueString: found.worded };
}

function inWords(found: StudyFinding): string {
  if ('measured' in found) return `${found.code[1]} ${found.measured[0]} ${found.measured[1]}.`;
  return 'coded' in found ? `${found.coded[1]}.` : found.worded;
}
