/**
 * What every page of the product begins with, in one piece instead of in a score of tiny ones: fewer
 * requests, and text compresses better in company.
 */
const ALWAYS =
  /\/src\/(?:ui\/(?:Button|Icon|icons|Copy|Duration|duration|ticker|LabelChips|Chip|Timestamp|time|number|Skeleton|Empty|toasts|Notice|problem)\.|app\/(?:overlay|places|keys|urlState|Page|ErrorBoundary|theme|Rail)\.|states\/(?:states|StateShape|StateBadge|shapes|palette)\.|graphql\/|live\/(?:clock|keyed|request|stream)\.)[^?]*tsx?$|\/node_modules\/(?:wouter|regexparam|use-sync-external-store)\//;

export const codeSplitting = { groups: [{ name: 'always', test: ALWAYS }] };
