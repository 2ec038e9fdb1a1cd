import { type IssueForm, patientFilter } from '../issue';

/** Query parameters of the lists of problems. */
export const PROBLEM_FILTERS: IssueForm['filters'] = {
  puuid: patientFilter,
  condition_uuid: (uuid) => ({ uuid }),
  title: (title) => ({ title }),
  begdate: (begdate) => ({ begdate }),
  enddate: (enddate) => ({ enddate }),
  diagnosis: (diagnosis) => ({ diagnosis }),
};
