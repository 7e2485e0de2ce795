const whole = new Intl.NumberFormat();

/** A whole number as people read it, its thousands apart. */
export const shownCount = (count: number): string => whole.format(count);
