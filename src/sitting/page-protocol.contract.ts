/**
 * Version of what a candidate's page and the server say to each other. Raised when a page from before could lose something
 * by going on: such a page is told to reload (`sitting.page-outdated`), and what it held stays in its outbox.
 */
export const PAGE_PROTOCOL = 2;
