import type { Reference } from '#libs/fhir';
import type { Filed } from '../chart';
import { type Study, type StudyFinding, type StudyName, studies } from '../codes/studies';
import { practitioner } from '../practice/staff';
import { loinc, quantity, refer, snomed } from '../values';
import { during, encounterOf, type Visit } from './encounters';
import { fileNote, textAttachment } from './notes';
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
  const attachment = textAttachment(visit, study.text, [
    `Findings: ${study.findings.map(inWords).join(' ')}`,
    `Impression: ${study.conclusion}`,
  ]);
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
    conclusion: study.conclusion,
    presentedForm: [attachment],
  });
  fileNote(visit, study.note, attachment);
  return refer(report, study.text);
}

function recordFinding(visit: Visit, { category }: Study, found: StudyFinding, request: Reference): Filed {
  return observe(visit, {
    profile: 'us-core-observation-clinical-result',
    category: [categorized(category)],
    code: loinc(found.code),
    value: valueFor(found),
    at: 30,
    more: { basedOn: [request] },
  });
}

function valueFor(found: StudyFinding): ObservationValue {
  if ('measured' in found) return { valueQuantity: quantity(...found.measured) };
  return 'coded' in found ? { valueCodeableConcept: snomed(found.coded) } : { valueString: found.worded };
}

function inWords(found: StudyFinding): string {
  if ('measured' in found) return `${found.code[1]} ${found.measured[0]} ${found.measured[1]}.`;
  return 'coded' in found ? `${found.coded[1]}.` : found.worded;
}
