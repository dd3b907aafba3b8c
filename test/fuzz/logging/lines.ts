/**
 * How CloudWatch interprets a line that a function writes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export type Line = { readonly [member: string]: unknown };

/** The number of bytes of a line that Lambda passes on. */
const MOST_BYTES = 262_144;

/** Each call must write one line that is one JSON document. */
export function parseLines(writes: readonly string[]): Line[] {
  return writes.map((written) => {
    expect(written.endsWith('\n')).toBe(true);
    expect(written.slice(0, -1)).not.toContain('\n');
    expect(Buffer.byteLength(written)).toBeLessThanOrEqual(MOST_BYTES);
    const line: unknown = JSON.parse(written);
    expect(Object.prototype.toString.call(line)).toBe('[object Object]');
    return line as Line;
  });
}

/** Whether CloudWatch would extract metrics from the line. */
export function isMetrics(line: Line): boolean {
  return Object.hasOwn(line, '_aws');
}

/** Whether a metric filter for Lambda's reports would match the line. */
export function isPlatform({ type }: Line): boolean {
  return typeof type === 'string' && type.startsWith('platform.');
}

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: string[][];
  readonly Metrics: Array<{ readonly Name: string }>;
}

/** The sums of the metrics that CloudWatch extracts from the lines. */
export function metricsOf(lines: readonly Line[]): Map<string, { count: number; sum: number }> {
  const metrics = new Map<string, { count: number; sum: number }>();
  for (const line of lines.filter(isMetrics)) {
    const { CloudWatchMetrics: directives } = line._aws as { readonly CloudWatchMetrics: Directive[] };
    for (const { Namespace, Dimensions, Metrics } of directives) {
      expect(Namespace).toBe('LazyApi');
      for (const name of Dimensions.flat()) expect(String(line[name])).toMatch(/^[^]{1,1024}$/);
      for (const { Name } of Metrics) {
        expect(Number.isFinite(line[Name])).toBe(true);
        const { count, sum } = metrics.get(Name) ?? { count: 0, sum: 0 };
        metrics.set(Name, { count: count + 1, sum: sum + Number(line[Name]) });
      }
    }
  }
  return metrics;
}
