import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type LinkButtonProps = ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>;

const AnchorButton = (props: LinkButtonProps) => <Button component="a" {...props} />;

/** A link that looks like a button: it has an address, so it opens in a new tab too. */
export const LinkButton = createLink(AnchorButton);
