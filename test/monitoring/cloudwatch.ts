/**
 * A simulation of CloudWatch. It evaluates an alarm of a template for the samples that a function reports in each minute.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */

/** The samples of each metric in one minute, by the name of the metric. A metric without samples has no data. */
export type Minute = { readonly [metric: string]: readonly number[] };

interface MetricStat {
  readonly Metric: { readonly Namespace: string; readonly MetricName: unknown; readonly Dimensions?: unknown };
  readonly Period: number;
  readonly Stat: string;
}

export interface AlarmProperties {
  readonly AlarmDescription: string;
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData: string;
  readonly Metrics?: Array<{ readonly Id: string; readonly Expression?: string; readonly ReturnData?: boolean; readonly MetricStat?: MetricStat }>;
  readonly MetricName?: unknown;
  readonly Period?: number;
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
}

type Value = number | undefined;

/** Returns whether the alarm fires at any time. */
export function fires(alarm: AlarmProperties, minutes: readonly Minute[], quotas: { readonly [metric: string]: number } = {}): boolean {
  const period = (alarm.Period ?? alarm.Metrics!.find(({ MetricStat: stat }) => stat)!.MetricStat!.Period) / 60;
  const values: Value[] = [];
  for (let at = 0; at + period <= minutes.length; at += period) values.push(valueOf(alarm, minutes.slice(at, at + period), quotas));
  const bad = values.map((value) => (value === undefined ? alarm.TreatMissingData === 'breaching' : COMPARE[alarm.ComparisonOperator](value, alarm.Threshold)));
  const { EvaluationPeriods: n, DatapointsToAlarm: m = n } = alarm;
  return bad.some((_, at) => at + n <= bad.length && bad.slice(at, at + n).filter(Boolean).length >= m);
}

const COMPARE: { readonly [operator: string]: (value: number, threshold: number) => boolean } = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

function valueOf(alarm: AlarmProperties, minutes: readonly Minute[], quotas: { readonly [metric: string]: number }): Value {
  if (alarm.MetricName !== undefined) return statistic(alarm.MetricName, alarm.Statistic ?? alarm.ExtendedStatistic!, minutes);
  const stats = alarm.Metrics!.flatMap(({ Id, MetricStat: stat }) => (stat ? [[Id, stat] as const] : []));
  const values = new Map(stats.map(([id, { Metric, Stat }]) => [id, statistic(Metric.MetricName, Stat, minutes)]));
  const names = new Map(stats.map(([id, { Metric }]) => [id, nameOf(Metric.MetricName)]));
  const { Expression } = alarm.Metrics!.find(({ ReturnData, Expression: expression }) => expression !== undefined && ReturnData !== false)!;
  return evaluate(Expression!, values, (id) => quotas[names.get(id)!]);
}

/** Returns the name of a metric. If the name ends with the name of a function, returns the part before it. */
function nameOf(name: unknown): string {
  return typeof name === 'string' ? name : (name as { 'Fn::Join': [string, string[]] })['Fn::Join'][1][0].replace(/-$/, '');
}

function statistic(name: unknown, stat: string, minutes: readonly Minute[]): Value {
  const samples = minutes.flatMap((minute) => minute[nameOf(name)] ?? []).sort((a, b) => a - b);
  if (samples.length === 0) return undefined;
  if (stat === 'Sum') return samples.reduce((sum, sample) => sum + sample, 0);
  if (stat === 'SampleCount') return samples.length;
  if (stat === 'Maximum') return samples[samples.length - 1];
  const percentile = /^p(\d+)$/.exec(stat);
  if (percentile) return samples[Math.ceil((Number(percentile[1]) / 100) * samples.length) - 1];
  throw new Error(`no statistic ${stat}`);
}

/** Evaluates the part of metric math that the alarms use. If a value is missing, the result is missing, except with FILL. */
export function evaluate(expression: string, values: ReadonlyMap<string, Value>, quotaOf: (id: string) => Value = () => undefined): Value {
  const tokens = expression.match(/>=|<=|[-+*/(),<>]|[\w.]+/g) ?? [];
  let at = 0;
  const take = (token: string) => {
    if (tokens[at++] !== token) throw new Error(`expected ${token} before ${tokens.slice(at - 1).join(' ')}`);
  };
  const binary = (operand: () => Value, operators: { readonly [token: string]: (a: number, b: number) => number }) => () => {
    let left = operand();
    for (let operator = operators[tokens[at]]; operator; operator = operators[tokens[at]]) {
      at++;
      const right = operand();
      left = left === undefined || right === undefined ? undefined : operator(left, right);
    }
    return left;
  };
  const args = (): Value[] => {
    take('(');
    const list = [comparison()];
    for (; tokens[at] === ','; list.push(comparison())) take(',');
    take(')');
    return list;
  };
  const atom = (): Value => {
    const token = tokens[at++];
    if (token === '(') {
      const inner = comparison();
      take(')');
      return inner;
    }
    if (token === 'SERVICE_QUOTA') {
      take('(');
      const quota = quotaOf(tokens[at++]);
      take(')');
      return quota;
    }
    if (token === 'FILL') {
      const [value, filling] = args();
      return value ?? filling;
    }
    if (token === 'IF') {
      const [condition, yes, no] = args();
      return condition === undefined ? undefined : condition ? yes : no;
    }
    if (/^[\d.]+$/.test(token)) return Number(token);
    if (!values.has(token)) throw new Error(`the expression has no metric ${token}`);
    return values.get(token);
  };
  const product = binary(atom, { '*': (a, b) => a * b, '/': (a, b) => a / b });
  const sum = binary(product, { '+': (a, b) => a + b, '-': (a, b) => a - b });
  const comparison = binary(sum, { '>=': (a, b) => Number(a >= b), '<=': (a, b) => Number(a <= b), '>': (a, b) => Number(a > b), '<': (a, b) => Number(a < b) });
  const result = comparison();
  if (at < tokens.length) throw new Error(`left over: ${tokens.slice(at).join(' ')}`);
  return result;
}
