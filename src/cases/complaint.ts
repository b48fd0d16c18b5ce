/**
 * Whether words are a complaint. Pure, and careful: only what plainly says so counts, because a case
 * asks for somebody's time. It opens a case and never changes a score.
 */

/** What plainly complains, in every language that we speak; whoever writes may write any of them. */
const COMPLAINTS: readonly RegExp[] = [
  /\b(?:file|make|lodge|raise|submit|register)(?:ing)? (?:a |an |my |our |this )?(?:formal |official )?complaint\b/gu,
  /\bthis is (?:a|my) (?:formal |official )?complaint\b/gu,
  /\b(?:want|wish|need|like|going|have) to complain\b/gu,
  /\b(?:speak|talk) (?:to|with) (?:a|the|your|somebody's) (?:manager|supervisor|boss)\b/gu,
  /\bunacceptable\b/gu,
  /\bworst (?:\w+ )?(?:support|service|experience)\b/gu,
  /\b(?:terrible|awful|horrible|appalling|disgraceful|disgusting) (?:\w+ )?(?:support|service|experience|treatment)\b/gu,
  /(?<!\p{L})(?:подать|подаю|подам|написать|напишу|оформить) (?:официальную )?жалобу/gu,
  /(?<!\p{L})это (?:официальная )?жалоба/gu,
  /(?<!\p{L})(?:хочу|буду|вынужден|вынуждена|придётся|придется) пожаловаться/gu,
  /(?<!\p{L})жалуюсь на/gu,
  /(?<!\p{L})(?:неприемлемо|недопустимо|безобразие|возмутительно)(?!\p{L})/gu,
  /(?<!\p{L})(?:ужасн|отвратительн|кошмарн|худш)\p{L}+ (?:сервис|поддержк|обслуживани|отношени)/gu,
  /(?<!\p{L})(?:сервис|поддержка|обслуживание|отношение) (?:просто )?(?:ужасн|отвратительн|кошмарн)/gu,
  /(?:我|我们|我們)(?:想|要|打算|决定|決定|正式)*(?:投诉|投訴)/gu,
  /(?:这是|這是)(?:正式的?)?(?:投诉|投訴)/gu,
  /(?:无法|無法|不能|难以|難以|不可)接受/gu,
  /忍无可忍|忍無可忍|太过分了|太過分了/gu,
  /(?:服务|服務|客服|态度|態度|体验|體驗)(?:实在|實在|真的|真是)?(?:太|非常|极其|極其|极|極|真)(?:差|烂|爛|糟|恶劣|惡劣)/gu,
];

/** Said right before, in the same sentence, it is meant the other way round. */
const NEGATION =
  /(?:(?<!\p{L})(?:no|not|never|without|hardly|nothing|zero|cannot|don't|didn't|won't|isn't|wasn't|can't|doesn't|не|ни|без|нет)(?!\p{L})[^.!?;\n]{0,24}|(?:不|没|沒|没有|沒有|并不|並不|并非|並非|不是|不会|不會|不想)[^。！？；，,\n]{0,3})$/u;

/** True when the words plainly say that somebody complains. */
export function isComplaint(text: string): boolean {
  const said = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/[ \t]+/g, " ");
  return COMPLAINTS.some((pattern) =>
    [...said.matchAll(pattern)].some(({ index }) => !NEGATION.test(said.slice(0, index))),
  );
}
