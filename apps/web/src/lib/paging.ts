/** What a list is asked for: nothing at first, then the cursor of the page before. */
export interface PageAsked {
  cursor?: string;
}

export const firstPage: PageAsked = {};

/** The page after this one, or undefined when it was the last: TanStack Query's way of saying so. */
export const nextPage = ({ nextCursor }: { nextCursor: string | null }): PageAsked | undefined =>
  nextCursor === null ? undefined : { cursor: nextCursor };
