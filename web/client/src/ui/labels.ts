/** Labels as they are typed: `team:data stage:test`. */
export function readLabels(
  text: string,
): { readonly labels: { key: string; value: string }[] } | { readonly problem: string } {
  const tokens = text.split(/[\s,]+/).filter(Boolean);
  const bad = tokens.find((token) => !/^[^:]+:.+$/.test(token));
  if (bad !== undefined) return { problem: `“${bad}” is no label: write key:value.` };
  return {
    labels: tokens.map((token) => {
      const colon = token.indexOf(':');
      return { key: token.slice(0, colon), value: token.slice(colon + 1) };
    }),
  };
}
