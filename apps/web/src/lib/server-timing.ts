/** One metric of a Server-Timing header. */
export interface TimingMetric {
  name: string;
  milliseconds: number | null;
  description: string | null;
}

// A quoted value may hold commas and semicolons (RFC 9110 5.6.4).
const metricsOf = (header: string): readonly string[] => header.match(/(?:"(?:\\.|[^"\\])*"|[^,"])+/g) ?? [];
const partsOf = (metric: string): readonly string[] => metric.match(/(?:"(?:\\.|[^"\\])*"|[^;"])+/g) ?? [];

const unquoted = (text: string): string =>
  text.startsWith('"') ? text.replaceAll(/^"|"$/g, '').replaceAll(/\\(.)/g, '$1') : text;

/**
 * Reads a Server-Timing header (W3C Server Timing, 3). What cannot be read is left out: it is only told, never relied on.
 *
 * @example parseServerTiming('cache;desc=hit, render;dur=12.5')
 */
export const parseServerTiming = (header: string): readonly TimingMetric[] =>
  metricsOf(header).flatMap((metric) => {
    const [name = '', ...parameters] = partsOf(metric).map((part) => part.trim());
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return [];
    const values = new Map(
      parameters.map((parameter) => {
        const [key = '', ...rest] = parameter.split('=');
        return [key.trim().toLowerCase(), unquoted(rest.join('=').trim())] as const;
      }),
    );
    const duration = Number(values.get('dur') ?? Number.NaN);
    return [
      {
        name,
        milliseconds: Number.isFinite(duration) ? duration : null,
        description: values.get('desc') ?? null,
      },
    ];
  });
