import { queueContract } from '../queue.contract';

queueContract('in-process', undefined);
