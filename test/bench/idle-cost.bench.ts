import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './run.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BUDGET_USD = 5;
const HOURS_A_MONTH = 730;
const NIGHTS_A_MONTH = 31;

/** List prices of us-east-1 in US dollars, without any free tier. */
const PRICE = {
  alarmMetricMonth: 0.1,
  dashboardMonth: 3,
  secretMonth: 0.4,
  keyMonth: 1,
  tableGbMonth: 0.25,
  recoveryGbMonth: 0.2,
  logIngestedGb: 0.5,
  logStoredGbMonth: 0.03,
  functionRequest: 0.2 / 1e6,
  functionGbSecond: 0.0000133334,
  stateTransition: 25 / 1e6,
  scheduledCall: 1 / 1e6,
  tableReadUnit: 0.125 / 1e6,
};
/** What an idle installation still does and keeps. */
const IDLE = {
  storedGb: 1,
  logBytesACall: 1_000,
  callSeconds: 1,
  readUnitsACall: 20,
  transitionsANight: 50,
};
/** Anything that bills by the hour or by being there; none may exist. */
const ALWAYS_ON =
  /^AWS::(EC2|ECS|EKS|RDS|ElastiCache|MSK|OpenSearchService|Redshift|ElasticLoadBalancing\w*|GlobalAccelerator|WAFv2|DAX)::/;

type Resource = { Type: string; Properties?: Record<string, unknown> };

/** The cost of a month in which nobody comes, modelled from the synthesised templates. */
export async function run(): Promise<Figure[]> {
  const resources = synthesise();
  const count = (type: string): number => resources.filter((it) => it.Type === type).length;
  const schedules = resources.filter((it) => it.Type === 'AWS::Scheduler::Schedule');
  const calls = schedules.reduce((sum, it) => sum + callsAMonth(String(it.Properties?.ScheduleExpression)), 0);
  const logGb = (calls * IDLE.logBytesACall) / 1e9;
  const items: [string, number][] = [
    [`alarms (${alarmMetrics(resources)} metrics)`, alarmMetrics(resources) * PRICE.alarmMetricMonth],
    ['dashboards', count('AWS::CloudWatch::Dashboard') * PRICE.dashboardMonth],
    ['secrets', count('AWS::SecretsManager::Secret') * PRICE.secretMonth],
    ['KMS keys', count('AWS::KMS::Key') * PRICE.keyMonth],
    [`tables, ${IDLE.storedGb} GB kept and recoverable`, IDLE.storedGb * (PRICE.tableGbMonth + PRICE.recoveryGbMonth)],
    ['logs', logGb * (PRICE.logIngestedGb + PRICE.logStoredGbMonth)],
    [`scheduled calls (${calls})`, calls * costOfCall()],
    ['nightly review', NIGHTS_A_MONTH * IDLE.transitionsANight * PRICE.stateTransition],
  ];
  const total = items.reduce((sum, [, usd]) => sum + usd, 0);
  const alwaysOn = resources.filter(isAlwaysOn).length;
  return [
    ...items.map(([name, value]) => ({ name, value, unit: 'USD a month, modelled', ok: true })),
    {
      name: 'idle cost',
      value: total,
      unit: 'USD a month, modelled',
      budget: `at most ${BUDGET_USD} USD`,
      ok: total <= BUDGET_USD,
    },
    { name: 'always-on or provisioned resources', value: alwaysOn, unit: 'resources', budget: '0', ok: alwaysOn === 0 },
  ];
}

function synthesise(): Resource[] {
  const directory = mkdtempSync(join(tmpdir(), 'tallystick-cost-'));
  const env = { ...process.env, CDK_OUTDIR: directory, CDK_VALIDATION: 'false' };
  execFileSync(process.execPath, ['infra/build.ts'], { cwd: ROOT, stdio: 'ignore' });
  execFileSync(process.execPath, ['infra/app.ts'], { cwd: ROOT, stdio: 'ignore', env });
  const templates = readdirSync(directory).filter((file) => file.endsWith('.template.json'));
  return templates.flatMap((file) => {
    const template = JSON.parse(readFileSync(join(directory, file), 'utf8')) as {
      Resources: Record<string, Resource>;
    };
    return Object.values(template.Resources);
  });
}

/** An alarm on an expression is billed for each metric in it. */
function alarmMetrics(resources: readonly Resource[]): number {
  return resources
    .filter((it) => it.Type === 'AWS::CloudWatch::Alarm')
    .reduce((sum, { Properties }) => {
      const metrics = (Properties?.Metrics ?? [{ MetricStat: {} }]) as { MetricStat?: object }[];
      return sum + metrics.filter(({ MetricStat }) => MetricStat).length;
    }, 0);
}

function callsAMonth(expression: string): number {
  if (expression === 'rate(1 hour)') return HOURS_A_MONTH;
  if (/^cron\(\d+ \d+ \* \* \? \*\)$/.test(expression)) return NIGHTS_A_MONTH;
  throw new Error(`idle cost: how often does ${expression} run?`);
}

function costOfCall(): number {
  const halfGb = 0.5;
  return (
    PRICE.scheduledCall +
    PRICE.functionRequest +
    IDLE.callSeconds * halfGb * PRICE.functionGbSecond +
    IDLE.readUnitsACall * PRICE.tableReadUnit
  );
}

function isAlwaysOn({ Type, Properties }: Resource): boolean {
  return (
    ALWAYS_ON.test(Type) || /Provisioned(Concurrent|Throughput|Concurrency)/.test(JSON.stringify(Properties ?? {}))
  );
}
