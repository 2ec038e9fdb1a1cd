import type { Chart } from '../chart';
import { listAllergy } from '../clinical/allergies';
import { screenDepression } from '../clinical/assessments';
import { planCare, setGoal } from '../clinical/care-plan';
import { prescribe } from '../clinical/medications';
import { listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { quantity } from '../values';
import { checkup, followUp } from './scenes/checkups';
import { adultIntake, careWishes } from './scenes/intake';
import type { Story } from './story';

/** Answers to the nine questions, visit by visit: from 17 points to 4. */
const recovery: readonly { monthsAgo: number; points: readonly number[]; virtual: boolean }[] = [
  { monthsAgo: 15, points: [2, 2, 2, 2, 1, 2, 2, 1, 0], virtual: false },
  { monthsAgo: 13, points: [1, 2, 1, 2, 1, 1, 1, 0, 0], virtual: true },
  { monthsAgo: 10, points: [1, 1, 1, 1, 0, 1, 0, 0, 0], virtual: true },
  { monthsAgo: 5, points: [1, 0, 1, 1, 0, 1, 0, 0, 0], virtual: true },
];

function tell(chart: Chart): void {
  const first = checkup(chart, chart.ago(28), { panels: ['metabolic', 'bloodCount'] });
  adultIntake(first, { hungry: chart.random.chance(0.5), mood: [2, 3, 2, 2, 2, 2, 2, 1, 1] });
  careWishes(first);
  listAllergy(chart, 'penicillin', chart.ago(100));
  listProblem(chart, 'migraine', { onset: chart.ago(60) });
  const depression = listProblem(chart, 'depression', { onset: chart.ago(17) });
  for (const { monthsAgo, points, virtual } of recovery) {
    const score = points.reduce((sum, point) => sum + point, 0);
    const visit = followUp(chart, {
      on: chart.ago(monthsAgo),
      reason: 'depression',
      virtual,
      note: {
        subjective: 'Talks about mood, sleep and work since the last visit.',
        assessment: `Depression, PHQ-9 score ${score}.`,
        plan: score > 9 ? 'Sertraline daily, weekly therapy.' : 'Go on with sertraline; therapy every other week.',
      },
    });
    screenDepression(visit, points);
    if (monthsAgo === 15) {
      prescribe(visit, 'sertraline', { reason: depression, fills: 5 });
      perform(visit, 'cognitiveTherapy', { reason: depression });
    }
    if (monthsAgo === 5) followPlan(visit, depression);
  }
  checkup(chart, chart.ago(1));
}

function followPlan(visit: Parameters<typeof setGoal>[0], depression: Parameters<typeof setGoal>[2]): void {
  const goal = setGoal(
    visit,
    {
      text: 'PHQ-9 score below 5',
      target: { measure: ['44261-6', 'PHQ-9 total score'], value: quantity(5, 'score', '{score}') },
      dueInMonths: 6,
    },
    depression,
  );
  planCare(visit, {
    title: 'Depression care plan',
    text: [
      'Sertraline 50 mg every morning for at least nine more months.',
      'Therapy every other week by video.',
      'Crisis line number given.',
    ],
    since: visit.on,
    problems: depression && [depression],
    goals: [goal],
    activities: [{ code: ['228557008', 'Cognitive and behavioral therapy'], text: 'Therapy every other week', status: 'in-progress' }],
  });
}

/** Depression found at a check-up, treated mostly by video. */
export const depression: Story = { name: 'depression', role: { ages: [19, 44], doctor: 'lee' }, tell };
