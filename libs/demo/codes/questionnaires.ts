import { clinicSystem } from './systems';
import type { Code } from '../values';

const frequencies: readonly Code[] = [
  ['LA6568-5', 'Not at all'],
  ['LA6569-3', 'Several days'],
  ['LA6570-1', 'More than half the days'],
  ['LA6571-9', 'Nearly every day'],
];

export const phq9 = {
  url: clinicSystem('Questionnaire/phq-9'),
  panel: ['44249-1', 'PHQ-9 quick depression assessment panel [Reported.PHQ]'] as Code,
  score: ['44261-6', 'Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]'] as Code,
  /** Answer options; the place in the list is the points it gives. */
  options: frequencies,
  items: [
    ['44250-9', 'Little interest or pleasure in doing things in last 2 weeks'],
    ['44255-8', 'Feeling down, depressed, or hopeless in last 2 weeks'],
    ['44259-0', 'Trouble falling or staying asleep, or sleeping too much in last 2 weeks'],
    ['44254-1', 'Feeling tired or having little energy in last 2 weeks'],
    ['44251-7', 'Poor appetite or overeating in last 2 weeks'],
    ['44258-2', 'Feeling bad about yourself in last 2 weeks'],
    ['44252-5', 'Trouble concentrating on things in last 2 weeks'],
    ['44253-3', 'Moving or speaking slowly, or being restless, in last 2 weeks'],
    ['44260-8', 'Thoughts that you would be better off dead in last 2 weeks'],
  ] as readonly Code[],
} as const;

export const hungerVitalSign = {
  url: clinicSystem('Questionnaire/hunger-vital-sign'),
  panel: ['88121-9', 'Hunger Vital Sign [HVS]'] as Code,
  risk: ['88124-3', 'Food insecurity risk [HVS]'] as Code,
  often: ['LA28397-0', 'Often true'] as Code,
  never: ['LA28398-8', 'Never true'] as Code,
  atRisk: ['LA19952-3', 'At risk'] as Code,
  noRisk: ['LA19983-8', 'No risk'] as Code,
  items: [
    ['88122-7', 'Within the past 12 months we worried whether our food would run out before we got money to buy more'],
    ['88123-5', "Within the past 12 months the food we bought just didn't last and we didn't have money to get more"],
  ] as readonly Code[],
} as const;

/** The clinic's own intake form: a group, a follow-up question under an answer, numbers and free text. */
export const intake = {
  url: clinicSystem('Questionnaire/intake'),
  paper: clinicSystem('forms/intake.pdf'),
  yes: ['LA33-6', 'Yes'] as Code,
  no: ['LA32-8', 'No'] as Code,
} as const;
