/** A peer that this machine cannot bring: its rows say so. */
export class Unavailable extends Error {}
