import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '#shared/adapters/webhooks/judge-address';
import { makeJudgeTarget } from '#shared/adapters/webhooks/judge-target';

describe('addresses of the public internet', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::200e',
  ])('may be asked: %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1']],
    ['this host', ['0.0.0.0', '0.1.2.3', '::']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1']],
    ['shared by carriers', ['100.64.0.1', '100.127.255.255', '100.100.100.200']],
    ['link-local, with the metadata services', ['169.254.169.254', '169.254.170.2', 'fe80::1', 'fe80::1%eth0']],
    ['unique local', ['fc00::1', 'fd00:ec2::254']],
    ['site-local', ['fec0::1']],
    ['multicast and broadcast', ['224.0.0.1', '239.1.1.1', '255.255.255.255', 'ff02::1']],
    [
      'reserved or for documents',
      [
        '192.0.0.1',
        '192.0.2.1',
        '198.18.0.1',
        '198.51.100.1',
        '203.0.113.1',
        '240.0.0.1',
        '192.88.99.1',
        '2001:db8::1',
        '3fff::1',
        '100::1',
      ],
    ],
    [
      'IPv4 in IPv6',
      ['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:a00:1', '::127.0.0.1', '::8.8.8.8', '::ffff:0:10.0.0.1'],
    ],
    ['NAT64', ['64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::a00:1']],
    ['6to4 and Teredo', ['2002:7f00:1::1', '2002:0808:0808::1', '2001:0:4136:e378::1']],
    [
      'no plain addresses',
      [
        '0177.0.0.1',
        '0x7f.0.0.1',
        '2130706433',
        '127.1',
        '8.8.8.8 ',
        '',
        'localhost',
        '[::1]',
        '256.1.1.1',
        '08.8.8.8',
      ],
    ],
  ] as const)('are no others: %s', (_kind, addresses) => {
    for (const address of addresses) expect([address, isPublicAddress(address)]).toEqual([address, false]);
  });

  const PRIVATE = [
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['100.64.0.0', 10],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
    ['0.0.0.0', 8],
    ['198.18.0.0', 15],
  ] as const;
  const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
  const numberOf = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

  it('leave out every address of every inner range, also dressed as IPv6', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PRIVATE),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ([base, bits], at) => {
          const address = dotted(numberOf(base) + Math.floor(at * 2 ** (32 - bits)));
          const hex = numberOf(address).toString(16).padStart(8, '0');
          const halves = `${hex.slice(0, 4)}:${hex.slice(4)}`;
          const forms = [
            address,
            `::ffff:${address}`,
            `::${address}`,
            `64:ff9b::${address}`,
            `2002:${halves}::1`,
            `::ffff:${halves}`,
          ];
          expect(forms.filter(isPublicAddress)).toEqual([]);
        },
      ),
    );
  });

  it('lie in 2000::/3, if they are of IPv6', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        if (isPublicAddress(address)) expect(new URL(`http://[${address}]/`).hostname).toMatch(/^\[[23]/);
      }),
    );
  });
});

describe('addresses of endpoints', () => {
  const judge = makeJudgeTarget({ trialOrigin: '' });

  it.each([
    ['https://shop.example.com/hooks?x=1', 'https://shop.example.com/hooks?x=1'],
    ['HTTPS://Shop.Example.COM', 'https://shop.example.com/'],
    ['https://shop.example.com:8443/', 'https://shop.example.com:8443/'],
    ['https://shop.example.com:443/', 'https://shop.example.com/'],
    ['https://bücher.example.com/', 'https://xn--bcher-kva.example.com/'],
  ])('are kept as they are called: %s', (url, kept) => expect(judge(url)).toEqual({ url: kept }));

  it.each([
    ['http://shop.example.com/', 'https://'],
    ['ftp://shop.example.com/', 'https://'],
    ['shop.example.com', 'must be a URL'],
    ['https://', 'must be a URL'],
    ['https://user:pass@shop.example.com/', 'credentials'],
    ['https://user@shop.example.com/', 'credentials'],
    ['https://shop.example.com/#part', 'fragment'],
    ['https://127.0.0.1/', 'not an address'],
    ['https://8.8.8.8/', 'not an address'],
    ['https://2130706433/', 'not an address'],
    ['https://0x7f000001/', 'not an address'],
    ['https://0177.0.0.1/', 'not an address'],
    ['https://127.1/', 'not an address'],
    ['https://①②⑦.⓪.⓪.①/', 'not an address'],
    ['https://[::1]/', 'not an address'],
    ['https://[::ffff:169.254.169.254]/', 'not an address'],
    ['https://localhost/', 'public internet'],
    ['https://intranet/', 'public internet'],
    ['https://shop.example.com./', 'public internet'],
    ['https://metadata.google.internal/', 'public internet'],
    ['https://printer.local/', 'public internet'],
    ['https://app.localhost/', 'public internet'],
    ['https://shop.example.com:22/', 'port'],
    ['https://shop.example.com:80/', 'port'],
    ['http://127.0.0.1:9000/', 'https://'],
    [`https://shop.example.com/${'a'.repeat(2_048)}`, '2048'],
  ])('are refused with the rule they break: %s', (url, rule) => {
    expect(judge(url)).toEqual({ refusal: expect.stringContaining(rule) });
  });

  it('may be on this machine where a trial names it, and nowhere else there', () => {
    const trial = makeJudgeTarget({ trialOrigin: 'http://127.0.0.1:9000' });
    expect(trial('http://127.0.0.1:9000/in')).toEqual({ url: 'http://127.0.0.1:9000/in' });
    for (const url of [
      'http://127.0.0.1:9001/in',
      'http://localhost:9000/in',
      'https://127.0.0.1:9000/in',
      'http://u:p@127.0.0.1:9000/',
    ]) {
      expect(trial(url)).toHaveProperty('refusal');
    }
  });
});
