export { readHistoryRequest } from './history-request';
export { HistoryModule } from './history.module';
export { HistoryService } from './history.service';
