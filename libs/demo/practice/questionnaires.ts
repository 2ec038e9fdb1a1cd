import type { FhirResource } from '#libs/fhir';
import { hungerVitalSign, intake, phq9 } from '../codes/questionnaires';
import { systems } from '../codes/systems';
import { stableUuid } from '../identity';
import { type Code, coding } from '../values';

interface Item {
  linkId: string;
  text: string;
  type: string;
  [element: string]: unknown;
}

const answerOptions = (options: readonly Code[]) => options.map((option) => ({ valueCoding: coding(systems.loinc, option) }));

function choice([code, text]: Code, options: readonly Code[]): Item {
  return { linkId: code, code: [coding(systems.loinc, [code, text])], text, type: 'choice', answerOption: answerOptions(options) };
}

function questionnaire(name: string, title: string, url: string, item: Item[], code?: Code): FhirResource {
  return {
    resourceType: 'Questionnaire',
    id: stableUuid('questionnaire', name),
    url,
    name: title.replace(/[^A-Za-z0-9]/g, ''),
    title,
    status: 'active',
    subjectType: ['Patient'],
    date: '2020-01-01',
    publisher: 'Cedar Mesa Family Health',
    ...(code && { code: [coding(systems.loinc, code)] }),
    item,
  };
}

/** The forms patients fill in, so that each QuestionnaireResponse names one that can be read. */
export function questionnaireResources(): FhirResource[] {
  const { items, options, score, panel } = phq9;
  const phq9Items = [...items.map((item) => choice(item, options)), { linkId: score[0], text: score[1], type: 'decimal' }];
  const hungerItems = [
    ...hungerVitalSign.items.map((item) => choice(item, [hungerVitalSign.often, hungerVitalSign.never])),
    choice(hungerVitalSign.risk, [hungerVitalSign.atRisk, hungerVitalSign.noRisk]),
  ];
  return [
    questionnaire('phq-9', 'Patient Health Questionnaire (PHQ-9)', phq9.url, phq9Items, panel),
    questionnaire('hunger-vital-sign', 'Hunger Vital Sign', hungerVitalSign.url, hungerItems, hungerVitalSign.panel),
    questionnaire('intake', 'Cedar Mesa intake form', intake.url, intakeItems()),
  ];
}

function intakeItems(): Item[] {
  const difficulty: Item = { linkId: 'function.which', text: 'Which of them, and since when?', type: 'string' };
  return [
    {
      linkId: 'activity',
      text: 'Physical activity',
      type: 'group',
      item: [
        { linkId: 'activity.days', text: 'Days a week with at least moderate exercise', type: 'decimal' },
        { linkId: 'activity.minutes', text: 'Minutes of exercise on such a day', type: 'decimal' },
      ],
    },
    {
      linkId: 'function',
      text: 'Serious difficulty hearing, seeing, walking or remembering?',
      type: 'choice',
      answerOption: answerOptions([intake.yes, intake.no]),
      item: [difficulty],
    },
    { linkId: 'matters', text: 'What matters most to you in your care?', type: 'string' },
  ];
}
