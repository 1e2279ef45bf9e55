/** Extensions of files in which tracking calls may be. */
export const sourceExtensions: readonly string[] = [
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".vue",
  ".svelte",
  ".astro",
];

/** Code before declarations: an authored `.js` beside its `.d.ts` holds the facts. */
const importable = [...sourceExtensions, ".d.ts", ".d.mts", ".d.cts", ".json"];
/** React Native's variants: `./analytics` may exist as these only. */
const variants = ["", ".native", ".ios", ".android", ".web"];

const ending = /(?<variant>\.(?:native|ios|android|web))?(?<extension>\.d\.[cm]?ts|\.[^.]+)$/;
const ranks = new Map(
  variants.flatMap((variant) => importable.map((extension) => variant + extension)).map((end, rank) => [end, rank]),
);

/**
 * What imports may write for a file when they leave out the extension, and in which order files are tried for it, the
 * lowest rank first: `cart` for `cart.ts`, both `cart.web` and `cart` for `cart.web.ts`, nothing for `cart.css`.
 */
export function stemsOf(name: string): readonly { readonly stem: string; readonly rank: number }[] {
  const { variant, extension } = ending.exec(name)?.groups ?? {};
  return [extension, variant && variant + extension].flatMap((end) => {
    const rank = ranks.get(end ?? "");
    return end === undefined || rank === undefined ? [] : [{ stem: name.slice(0, -end.length), rank }];
  });
}
