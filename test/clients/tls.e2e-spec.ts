import { connect, type ConnectionOptions } from 'node:tls';
import { startApp, type TestApp } from '../harness/start-app';

/** OpenSSL's own floor is above TLS 1.1; at level 0 the client would really speak it. */
const OLD = { ciphers: 'DEFAULT:@SECLEVEL=0' };

describe('the HTTPS server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ TLS: 'self-signed' });
  });
  afterAll(() => app.stop());

  /** The protocol agreed on, or why none was. */
  const handshake = (options: ConnectionOptions): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: app.config.PORT, rejectUnauthorized: false, ...options }, () => {
        resolve(socket.getProtocol() ?? '');
        socket.destroy();
      });
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s', async (version) => {
    expect(await handshake({ minVersion: version, maxVersion: version })).toBe(version);
  });

  it.each(['TLSv1', 'TLSv1.1'] as const)('refuses %s with an alert', async (version) => {
    expect(await handshake({ minVersion: version, maxVersion: version, ...OLD })).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  });

  it('takes 1.2 from who offers everything from 1.0 to 1.2', async () => {
    expect(await handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.2', ...OLD })).toBe('TLSv1.2');
  });
});
