import { type IssueForm, patientFilter } from '../issue';

/** Query parameters of the lists of allergies. */
export const ALLERGY_FILTERS: IssueForm['filters'] = {
  'lists.pid': patientFilter,
  'lists.id': (value) => (/^\d{1,15}$/.test(value) ? { id: Number(value) } : { uuid: value }),
  title: (title) => ({ title }),
  begdate: (begdate) => ({ begdate }),
  enddate: (enddate) => ({ enddate }),
  diagnosis: (diagnosis) => ({ diagnosis }),
};
