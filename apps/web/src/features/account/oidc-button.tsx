import { Button, Divider } from '@mantine/core';

interface OidcButtonProps {
  oidc: { name: string; startUrl: string } | null | undefined;
  /** Where to come back to. */
  next: string;
}

/** Sign-in with the configured provider; nothing where none is configured. */
export const OidcButton = ({ oidc, next }: OidcButtonProps) => {
  if (oidc === null || oidc === undefined) return null;
  const href = `${oidc.startUrl}${oidc.startUrl.includes('?') ? '&' : '?'}${new URLSearchParams({ next }).toString()}`;
  return (
    <>
      <Divider label="or" />
      <Button component="a" href={href} variant="default" fullWidth>
        Sign in with {oidc.name}
      </Button>
    </>
  );
};
