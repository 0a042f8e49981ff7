import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What went wrong on a page since it was opened, in order; empty where all is well. */
export interface PageWatch {
  readonly troubles: readonly string[];
  /** Lets axe judge the page as it stands now. */
  judge(screen: string): Promise<void>;
}

/**
 * Listens for what a person would not see: errors in the console (refused by the content security policy, too),
 * thrown errors, and requests to our own origins that failed.
 */
export const watchPage = (page: Page, origins: readonly string[]): PageWatch => {
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`));
  page.on('requestfailed', (request) => {
    const url = request.url();
    if (!origins.some((origin) => url.startsWith(`${origin}/`))) return;
    troubles.push(`failed: ${request.method()} ${url}: ${request.failure()?.errorText ?? 'no reason'}`);
  });
  return {
    troubles,
    judge: async (screen) => {
      const { violations } = await new AxeBuilder({ page })
        // Within the page, and without a list of all that is well: a tab for each judgement costs as much again.
        .setLegacyMode(true)
        .options({ resultTypes: ['violations'] })
        .analyze();
      for (const { id, impact, help, nodes } of violations) {
        if (impact !== 'serious' && impact !== 'critical') continue;
        const where = nodes.map((node) => node.target.join(' ')).join(', ');
        troubles.push(`${screen}: axe ${id} (${impact}): ${help}: ${where}`);
      }
    },
  };
};
