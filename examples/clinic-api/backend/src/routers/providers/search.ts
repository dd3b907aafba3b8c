import type { Provider } from '../../shared/model';
import { repository } from '../../shared/repository';

const providers = repository('providers');

export interface Wanted {
  specialty?: string;
  language?: string;
  accepting?: boolean;
}

export async function searchProviders({ specialty, language, accepting }: Wanted): Promise<Provider[]> {
  const rows = await providers.list(specialty ? { specialty } : {});
  return rows.filter(
    (provider) =>
      (!language || provider.languages.includes(language)) &&
      (accepting === undefined || provider.acceptsNewPatients === accepting),
  );
}
