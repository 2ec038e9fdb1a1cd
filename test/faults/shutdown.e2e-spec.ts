import { connect, type Socket } from 'node:net';
import { startApp } from '../harness/start-app';

const opened = (port: number): Promise<Socket> => new Promise((resolve) => {
  const socket: Socket = connect(port, '127.0.0.1', () => resolve(socket));
  socket.on('error', () => {});
});
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()));

describe('a server that stops', () => {
  it('waits neither for connections that never asked anything nor for those that are done', async () => {
    const app = await startApp();
    const port = Number(new URL(app.url).port);
    const [silent, done] = [await opened(port), await opened(port)];
    done.write('GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n');
    const answer = await new Promise<Buffer>((resolve) => done.once('data', resolve));
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200/);
    const ends = Promise.all([closed(silent), closed(done)]);
    await app.stop();
    await ends;
  }, 20_000);
});
