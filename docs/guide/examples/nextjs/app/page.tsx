import { Usage } from './usage';

/** Where Meterport is, is asked of the environment at each start and not at the build. */
export const dynamic = 'force-dynamic';

export default function Page() {
  return (
    <main>
      <h1>Your account</h1>
      <Usage url={process.env.METERPORT_URL ?? 'http://127.0.0.1:8888'} />
    </main>
  );
}
