/** Past tenses that no rule gives, each with the verb it is of; the first word of a line is the verb. */
const irregular: ReadonlyMap<string, string> = new Map(
  `agree agreed|begin began begun|bind bound|break broke broken|build built|buy bought|catch caught|choose chose chosen|
do did done|draw drew drawn|drive drove driven|fall fell fallen|feed fed|find found|forget forgot forgotten|free freed|
freeze froze frozen|get got gotten|give gave given|go went gone|hide hid hidden|hold held|keep kept|lose lost|
make made|meet met|overwrite overwrote overwritten|override overrode overridden|pay paid|rebuild rebuilt|redo redid redone|
resend resent|rewrite rewrote rewritten|run ran|see saw seen|sell sold|send sent|show showed shown|speak spoke spoken|
spend spent|swipe swiped|take took taken|teach taught|unbind unbound|undo undid undone|win won|withdraw withdrew withdrawn|
write wrote written`
    .split("|")
    .flatMap((line) => {
      const [verb = "", ...pasts] = line.trim().split(" ");
      return pasts.map((past) => [past, verb] as const);
    }),
);

/** Words that end like a plural and are none. */
const noPlurals: ReadonlySet<string> = new Set(
  "news status canvas bonus alias series always sms css dns ios os aws".split(" "),
);

/** Verbs of products, in the present: a name may have them first, last or between. */
const actions: ReadonlySet<string> = new Set(
  (
    "accept activate add apply archive assign begin buy cancel choose click close complete configure confirm connect " +
    "copy create deactivate decline delete deploy disable disconnect dismiss download duplicate edit enable enter " +
    "export fail finish generate import install invite join leave login logout move open pause pay publish purchase " +
    "receive refresh refund reject remove rename reset restore resume retry revoke save search select send share show " +
    "skip start stop submit subscribe switch toggle transfer uninstall unpublish unsubscribe update upgrade upload use " +
    "verify view visit"
  ).split(" "),
);

/** What a word may be a form of: itself, the verb of a past tense or third person, the singular of a plural. */
export interface WordForms {
  readonly word: string;
  readonly verbs: readonly string[];
  readonly singulars: readonly string[];
}

/** The forms of a word in small letters. English only: a word of another language is what it is. */
export function formsOf(word: string): WordForms {
  return { word, verbs: verbsOf(word), singulars: singularsOf(word) };
}

/** True for a word that can only be a verb in the past, such as `created` or `sent`. */
export function isPastForm(word: string): boolean {
  return verbsOf(word).length > 0;
}

/** True for a word that says what was done: a past form, or one of the common verbs. */
export function isAction(word: string): boolean {
  return isPastForm(word) || actions.has(word) || singularsOf(word).some((verb) => actions.has(verb));
}

function verbsOf(word: string): string[] {
  const verb = irregular.get(word);
  if (verb !== undefined) return [verb];
  // `feed` and `speed` are no past tenses, nor is what would leave one or two letters.
  if (word.length < 5 || !word.endsWith("ed") || word.endsWith("eed")) return [];
  if (word.endsWith("ied")) return [`${word.slice(0, -3)}y`, word.slice(0, -1)];
  const bare = word.slice(0, -2);
  const verbs = [bare, word.slice(0, -1)];
  return bare.at(-1) === bare.at(-2) ? [...verbs, bare.slice(0, -1)] : verbs;
}

function singularsOf(word: string): string[] {
  if (word.length < 3 || !word.endsWith("s") || /(?:ss|us|is)$/.test(word) || noPlurals.has(word)) return [];
  if (word.endsWith("ies")) return [`${word.slice(0, -3)}y`, word.slice(0, -1)];
  if (/(?:s|x|z|ch|sh|o)es$/.test(word) && word.length > 4) return [word.slice(0, -2), word.slice(0, -1)];
  return [word.slice(0, -1)];
}
