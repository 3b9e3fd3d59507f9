import { useUsageSeries } from '@meterport/web/react';

interface QuotaProps {
  meter: string;
  allowance: number;
}

/** How much of this month's allowance is used, kept up to date. */
export function Quota({ meter, allowance }: QuotaProps) {
  const { data, error, isPending } = useUsageSeries({ meter, period: 'current' });

  if (isPending) return <p>Counting…</p>;
  if (error && !data) return <p role="alert">{error.detail ?? error.title}</p>;
  const used = data?.total?.value ?? 0;
  return (
    <p>
      <label>
        {used.toLocaleString()} of {allowance.toLocaleString()} {data?.unit} this month{' '}
        <progress value={used} max={allowance} />
      </label>
    </p>
  );
}
