import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeFolder } from '#test/support/remove-folder';
import { openTables } from '../../infra/verify-tables.ts';

const TABLES = ['Tallystick-Data-Money0A1B2C3D-XYZ', 'Tallystick-Data-Partners0A1B2C3D-XYZ', 'Referrals'];

let server: Server;
let answer: { status: number; body: string };
let address: string;
let folder: string;
const listening = async (): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const closed = (): Promise<unknown> => new Promise((resolve) => server.close(resolve));

beforeEach(async () => {
  answer = { status: 200, body: JSON.stringify({ TableNames: TABLES }) };
  server = createServer((_request, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  address = await listening();
  folder = mkdtempSync(join(tmpdir(), 'tallystick-'));
  writeFileSync(join(folder, 'endpoints.json'), JSON.stringify({ apiUrl: 'http://127.0.0.1:1', dynamodbUrl: address }));
});
afterEach(async () => {
  removeFolder(folder);
  if (server.listening) await closed();
});

describe('the tables to verify', () => {
  it('are found at the address of the database, and by the folder of a local stack', async () => {
    const names = { MONEY_TABLE: TABLES[0], PARTNERS_TABLE: TABLES[1], REFERRALS_TABLE: TABLES[2] };
    expect((await openTables({ endpoint: address })).names).toEqual(names);
    expect((await openTables({ dataDir: folder })).names).toEqual(names);
  });

  it.each([
    ['a problem document', 404, JSON.stringify({ status: 404, code: 'not_found', title: 'Not found' })],
    ['nothing', 404, ''],
    ['a page', 200, '<!doctype html><title>Console</title>'],
    ['another object', 200, '{}'],
  ])('are not at an address that answers %s: it says which one is meant', async (_what, status, body) => {
    answer = { status, body };
    await expect(openTables({ endpoint: address })).rejects.toThrow(
      /answers, but is no DynamoDB; it may be the address of the API\..*"dynamodbUrl" in the endpoints\.json.*--data DIR/,
    );
  });

  it('are not where nothing listens: it says which address is meant, or how to start the stack of a folder', async () => {
    await closed();
    await expect(openTables({ endpoint: address })).rejects.toThrow(
      /^Nothing answers at http:.*"dynamodbUrl".*--data DIR/,
    );
    await expect(openTables({ dataDir: folder })).rejects.toThrow(`start it with "npm start -- --data ${folder}"`);
  });

  it('are not at what is no address', async () => {
    await expect(openTables({ endpoint: '127.0.0.1:4720' })).rejects.toThrow(/is no address such as http:/);
  });

  it('keep what the database itself refuses with', async () => {
    answer = { status: 400, body: JSON.stringify({ __type: 'com.amazon#AccessDeniedException', message: 'not you' }) };
    await expect(openTables({ endpoint: address })).rejects.toThrow('not you');
  });
});
