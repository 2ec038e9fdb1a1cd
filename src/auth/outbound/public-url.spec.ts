import { isPublicAddress } from './public-address';
import { publicUrlFault } from './public-url';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '93.184.216.34', '172.15.0.1', '172.32.0.1', '2606:2800:220:1::1', '2a00:1450::1'])('takes %s for public', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    '0.0.0.0', '10.1.2.3', '127.0.0.1', '127.255.255.255', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1',
    'fd00::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:7f00:1::', '2001:0:1::', '2001:db8::1', 'ff02::1', 'localhost', '', '8.8.8',
  ])('does not take %s for public', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('publicUrlFault', () => {
  it.each(['https://example.org/jwks', 'https://example.org:8443/jwks', 'https://8.8.8.8/'])('finds %s sound', (url) => expect(publicUrlFault(url)).toBeUndefined());

  it.each([
    'http://example.org/', 'https://localhost/', 'https://LOCALHOST/', 'https://localhost./', 'https://app.localhost/', 'https://redis/', 'https://db.internal/', 'https://printer.local/', 'https://0x7f000001/',
    'https://2130706433/', 'https://0177.0.0.1/', 'https://127.1/', 'https://[::ffff:7f00:1]/', 'https://[::1]/', 'https://example.org:22/', 'https://user@example.org/', 'ftp://example.org/', 'example.org', '',
  ])('finds a fault in %s', (url) => expect(publicUrlFault(url)).toEqual(expect.any(String)));
});
