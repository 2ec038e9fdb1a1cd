import { adolescent } from './adolescent';
import { breastCancer } from './breast-cancer';
import { cardiometabolic } from './cardiometabolic';
import { childhoodAsthma } from './childhood-asthma';
import { dementia } from './dementia';
import { depression } from './depression';
import { healthyAdult } from './healthy-adult';
import { heartDisease } from './heart-disease';
import { jointReplacement } from './joint-replacement';
import { lungDisease } from './lung-disease';
import { maternity } from './maternity';
import { showcaseChildStory } from './showcase-child';
import { showcaseWomanStory } from './showcase-woman';
import type { Story } from './story';
import { youngChild } from './young-child';

const leads: readonly Story[] = [
  cardiometabolic({ sex: 'male', doctor: 'smith' }),
  showcaseWomanStory,
  showcaseChildStory,
  showcaseWomanStory,
  showcaseChildStory,
  showcaseWomanStory,
  showcaseChildStory,
];

/** Told in turn from patient 8 on, so that a small clinic already meets each of them. */
const ensemble: readonly Story[] = [
  healthyAdult,
  youngChild,
  cardiometabolic({ sex: 'female' }),
  dementia({ dies: true }),
  childhoodAsthma,
  maternity(),
  lungDisease,
  depression,
  adolescent,
  jointReplacement,
  breastCancer,
  heartDisease({ dies: true }),
  healthyAdult,
  youngChild,
  cardiometabolic(),
  heartDisease({ dies: true }),
  maternity({ doctor: 'smith' }),
  dementia({ dies: true }),
];

/** Which story patient `number` (from 1) lives. */
export function storyOf(number: number): Story {
  const lead = leads[number - 1];
  return lead ?? (ensemble[(number - 1 - leads.length) % ensemble.length] as Story);
}
