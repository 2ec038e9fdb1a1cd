export { readHistoryRequest } from './history-request';
export { HistoryService } from './history.service';
