/** Words of expressions that hold the id of a visitor whom nobody knows. */
const VISITOR = /anon|visitor|guest|device_?id|cookieless|client_?id/i;

/** Members and names that hold the id of somebody who is known. */
const USER =
  /(?:^|[._])(?:user|account|customer|member|current_?user|session\.user|profile|me)\??\.?_?(?:id|uuid|uid)$|e_?mail$/i;

/** Ids that somebody had before: of another account, of a record that was merged. */
const FORMER = /old|prev|former|temp|merged|duplicate|secondary|source|legacy|from/i;

export function meansVisitor(text: string): boolean {
  return VISITOR.test(nameOf(text)) && !/^(?:user|account)_?id$/i.test(nameOf(text));
}

export function meansUser(text: string): boolean {
  const name = nameOf(text);
  return USER.test(name) && !FORMER.test(name) && !VISITOR.test(name);
}

/** What is read, without arguments, `?.` and `!`. */
function nameOf(text: string): string {
  return text.replace(/\(.*$/s, "").replace(/[?!]/g, "");
}
