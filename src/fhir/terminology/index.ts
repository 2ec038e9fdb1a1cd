export { Definitions } from './definitions';
export { SearchTerminology } from './search-terminology';
export { TerminologyModule } from './terminology.module';
