import type { Reference } from '#libs/fhir';
import { hungerVitalSign, intake, phq9 } from '../codes/questionnaires';
import { clinicSystem, systems, usCore } from '../codes/systems';
import { practitioner } from '../practice/staff';
import { type Code, coding, refer } from '../values';
import { during, encounterOf, type Visit } from './encounters';

interface Answered {
  linkId: string;
  text: string;
  answer?: readonly object[];
  item?: readonly Answered[];
}

const chosen = (code: Code) => ({ valueCoding: coding(systems.loinc, code) });

/** Files a filled-in form. */
function respond(visit: Visit, form: { url: string; title: string; paper?: string }, item: readonly Answered[]): Reference {
  const { chart } = visit;
  const named = { url: 'http://hl7.org/fhir/StructureDefinition/display', valueString: form.title };
  const paper = form.paper ? [{ url: usCore('us-core-extension-questionnaire-uri'), valueUri: form.paper }] : [];
  const response = chart.addProfiled('QuestionnaireResponse', 'us-core-questionnaireresponse', {
    identifier: { system: clinicSystem('form-response'), value: `F-${chart.person.recordNumber}-${visit.on}-${chart.filed.length}` },
    questionnaire: form.url,
    _questionnaire: { extension: [named, ...paper] },
    status: 'completed',
    subject: chart.patient,
    encounter: encounterOf(visit),
    authored: during(visit, 3),
    author: practitioner(visit.clinician),
    source: chart.patient,
    item,
  });
  return refer(response, form.title);
}

/** Nine answers of 0 to 3 points, in the order of the form. */
export function respondPhq9(visit: Visit, points: readonly number[]): Reference {
  const items = phq9.items.map(([linkId, text], place) => ({ linkId, text, answer: [chosen(phq9.options[points[place] ?? 0] as Code)] }));
  const total = points.reduce((sum, point) => sum + point, 0);
  return respond(visit, { url: phq9.url, title: 'Patient Health Questionnaire (PHQ-9)' }, [
    ...items,
    { linkId: phq9.score[0], text: phq9.score[1], answer: [{ valueDecimal: total }] },
  ]);
}

export function respondHunger(visit: Visit, atRisk: boolean): Reference {
  const [answer, verdict] = atRisk ? [hungerVitalSign.often, hungerVitalSign.atRisk] : [hungerVitalSign.never, hungerVitalSign.noRisk];
  const items = hungerVitalSign.items.map(([linkId, text]) => ({ linkId, text, answer: [chosen(answer)] }));
  return respond(visit, { url: hungerVitalSign.url, title: 'Hunger Vital Sign' }, [
    ...items,
    { linkId: hungerVitalSign.risk[0], text: hungerVitalSign.risk[1], answer: [chosen(verdict)] },
  ]);
}

export interface IntakeAnswers {
  exerciseDays: number;
  exerciseMinutes: number;
  /** What the difficulty is; none when left out. */
  difficulty?: string;
  matters: string;
}

export function respondIntake(visit: Visit, { exerciseDays, exerciseMinutes, difficulty, matters }: IntakeAnswers): Reference {
  const which: Answered[] = difficulty
    ? [{ linkId: 'function.which', text: 'Which of them, and since when?', answer: [{ valueString: difficulty }] }]
    : [];
  const limited = { ...chosen(difficulty ? intake.yes : intake.no), ...(which.length > 0 && { item: which }) };
  const activity = [
    { linkId: 'activity.days', text: 'Days a week with at least moderate exercise', answer: [{ valueDecimal: exerciseDays }] },
    { linkId: 'activity.minutes', text: 'Minutes of exercise on such a day', answer: [{ valueDecimal: exerciseMinutes }] },
  ];
  return respond(visit, { url: intake.url, title: 'Cedar Mesa intake form', paper: intake.paper }, [
    { linkId: 'activity', text: 'Physical activity', item: activity },
    { linkId: 'function', text: 'Serious difficulty hearing, seeing, walking or remembering?', answer: [limited] },
    { linkId: 'matters', text: 'What matters most to you in your care?', answer: [{ valueString: matters }] },
  ]);
}
