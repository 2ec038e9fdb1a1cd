import { matchRedirectUri, redirectUriFault } from './redirect-uri';

describe('matchRedirectUri', () => {
  const client = { redirectUris: ['https://app.example.org/cb', 'http://127.0.0.1/cb', 'http://[::1]:4000/cb', 'com.example.app:/cb'] };

  it.each(['https://app.example.org/cb', 'com.example.app:/cb', 'http://127.0.0.1/cb', 'http://127.0.0.1:51234/cb', 'http://[::1]:1/cb', 'http://[::1]/cb'])('accepts %s', (uri) => {
    expect(matchRedirectUri(client, uri)).toBe(true);
  });

  it.each([
    'https://app.example.org/cb/', 'https://app.example.org/cb/x', 'https://app.example.org/cb?x=1', 'https://app.example.org/CB', 'https://app.example.org/%63b', 'https://app.example.org/%2e%2e/cb',
    'https://app@evil.example.org/cb', 'https://app.example.org:444/cb', 'https://app.example.org:443/cb', 'http://app.example.org/cb', 'https://evil.app.example.org/cb', 'https://app.example.org.evil.org/cb',
    'https://app.example.org/c', 'http://localhost:51234/cb', 'http://127.0.0.2:51234/cb', 'http://127.0.0.1:51234/other', 'https://127.0.0.1:51234/cb', 'http://127.0.0.1:51234@evil.org/cb',
    'http://127.0.0.1:51234/cb#x', 'http://127.0.0.1.evil.org/cb', '',
  ])('refuses %s', (uri) => expect(matchRedirectUri(client, uri)).toBe(false));
});

describe('redirectUriFault', () => {
  it.each(['https://app.example.org/cb?x=1', 'http://localhost:3000/', 'http://127.0.0.1/cb', 'com.example.app:/oauth', 'com.example.app://oauth'])('finds %s sound', (uri) => {
    expect(redirectUriFault(uri)).toBeUndefined();
  });

  it.each([
    'javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'about:blank', 'https://*.example.org/cb', 'https://app.example.org/cb#x', 'https://u:p@example.org/', 'http://example.org/cb',
    '/cb', '', 'https://', 'myapp:/cb', 'https://example.org/ cb', 'https://example.org/"onclick', `https://example.org/${'a'.repeat(2000)}`,
  ])('finds a fault in %.60s', (uri) => expect(redirectUriFault(uri)).toEqual(expect.any(String)));
});
