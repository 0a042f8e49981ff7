import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { OidcButton } from '../../features/account/oidc-button.tsx';
import { setupQuery } from '../../features/account/queries.ts';
import { SignInForm } from '../../features/account/sign-in-form.tsx';
import { oidcFailureWords } from '../../lib/oidc-failure.ts';
import { safeNext } from '../../lib/safe-next.ts';
import { Alone } from '../../ui/alone.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const route = getRouteApi('/sign-in');

export const SignInScreen = () => {
  const setup = useQuery(setupQuery);
  const router = useRouter();
  const search = route.useSearch();
  const next = safeNext(search.next);
  const refused = oidcFailureWords(search.error);
  if (setup.data?.needsOwner === true) {
    return (
      <Alone>
        <div>
          <PageHeader title="Windlass has no owner yet" />
          <Text>
            Open the one-time link that the program printed on its console when it started. Whoever opens it
            makes the owner account.
          </Text>
          <Text mt={8} c="dimmed" size="sm">
            Lost it? Start the program again: it prints a new one.
          </Text>
        </div>
      </Alone>
    );
  }
  return (
    <Alone>
      <Stack gap={16}>
        <PageHeader title="Sign in" />
        {setup.isError && <ProblemNotice error={setup.error} retry={() => void setup.refetch()} />}
        {refused !== null && (
          <div className="wl-notice" data-tone="missing" role="alert">
            <Text fw={600}>{refused.title}</Text>
            <Text size="sm">{refused.detail}</Text>
            <Text size="sm">{refused.next}</Text>
          </div>
        )}
        <SignInForm onSignedIn={() => router.history.push(next)} />
        <OidcButton oidc={setup.data?.oidc} next={next} />
        <Text size="sm" c="dimmed">
          No account? The{' '}
          <Anchor component={Link} to="/studio">
            policy studio
          </Anchor>{' '}
          is open to everybody.
        </Text>
      </Stack>
    </Alone>
  );
};
