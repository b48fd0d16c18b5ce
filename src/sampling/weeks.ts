/** How much sample data there is; apart, so that the command line need not load the rest for it. */

/** Full weeks that are filled unless somebody wants another number, and the most. */
export const USUAL_WEEKS = 12;
export const MOST_WEEKS = 104;
