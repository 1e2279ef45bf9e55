import type { Mutation } from "./mutation.ts";

/** At most so many changes of each subject, spread over what can be done to it. */
export function spread(mutations: readonly Mutation[], each: number): Mutation[] {
  const subjects = [...new Set(mutations.map(({ subject }) => subject))];
  return subjects.flatMap((subject) => {
    const all = mutations
      .filter((one) => one.subject === subject)
      .toSorted((a, b) => (a.operator < b.operator ? -1 : a.operator > b.operator ? 1 : 0));
    const count = Math.min(each, all.length);
    return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]!);
  });
}
