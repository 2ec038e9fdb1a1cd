import type { Domain } from '../../fhir';
import { CreateIssue, issueTable } from './issue.entity';
import { IssueModule } from './issue.module';

export { codeObjects, codingsOf, readCodings } from './issue.codes';
export { dateElements, readDate } from './issue.dates';
export type { IssueRow } from './issue.entity';
export { commonColumns, commonElements } from './issue.fhir';
export { type IssueFilters, patientFilter } from './issue.filters';
export { type Given, givenColumn, givenOf } from './issue.given';
export { FilterQueries } from './issue.queries';
export { type IssueKind, IssueRepository } from './issue.repository';
export { type IssueForm, IssueService } from './issue.service';
export { isOver, readStatus, statusElement } from './issue.status';
export { type IssueView, issueView } from './issue.view';

export const issueDomain: Domain = { name: 'issue', module: IssueModule, tables: [issueTable], migrations: [CreateIssue] };
