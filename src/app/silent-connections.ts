import type { IncomingMessage } from 'node:http';
import type { Server, Socket } from 'node:net';

interface HttpServer {
  server: Server;
  addHook(name: 'preClose', hook: () => Promise<void>): void;
}

/**
 * Closes, when the server closes, the connections that never asked for anything. node:http closes those that idle
 * after a request, but would wait out the time limit of these.
 */
export function installSilentConnections(fastify: HttpServer): void {
  const { server } = fastify;
  const silent = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    silent.set(peer, socket);
    socket.once('close', () => silent.delete(peer));
  });
  // Under TLS the request's socket wraps the one that was connected: they have the peer in common.
  server.on('request', ({ socket }: IncomingMessage) => silent.delete(peerOf(socket)));
  fastify.addHook('preClose', async () => {
    for (const socket of silent.values()) socket.destroy();
  });
}

const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
