import { startHost } from '#infra/local/host';

/** A process to be killed: one host, which tells its parent when it serves. */
const [assemblyDir = '', dataDir = '', port = ''] = process.argv.slice(2);
const host = await startHost({ assemblyDir, dataDir, port: Number(port) });
process.send?.({ apiUrl: host.apiUrl, dynamodbUrl: host.dynamodbUrl });
