/** The course of a figure without axes: a hint beside a number that is written out. */
export function Sparkline({ values, className }: { values: readonly number[]; className?: string }) {
  if (values.length < 2 || values.every((value) => value === 0)) return null;
  const [width, height, edge] = [96, 24, 2];
  const top = Math.max(...values);
  const points = values.map((value, at) => {
    const x = edge + (at / (values.length - 1)) * (width - 2 * edge);
    const y = height - edge - (value / top) * (height - 2 * edge);
    return [x, y] as const;
  });
  const line = points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  const last = points.at(-1);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={className} aria-hidden="true" preserveAspectRatio="none">
      <path d={`${line}L${width - edge} ${height}L${edge} ${height}Z`} fill="var(--accent-soft)" />
      <path d={line} fill="none" stroke="var(--accent-text)" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
      {last && <circle cx={last[0]} cy={last[1]} r="2" fill="var(--accent-text)" />}
    </svg>
  );
}
