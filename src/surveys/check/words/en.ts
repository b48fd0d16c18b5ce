import { from, type LintRule, type LintWords, word } from "./words.ts";

const praise =
  "great|good|amazing|awesome|excellent|wonderful|fantastic|brilliant|perfect|outstanding|superb|incredible|terrific|delightful|impressive|exceptional";
const flattering = `${praise}|friendly|helpful|dedicated|expert|lovely|skilled|talented|hard-working|hardworking|professional|award-winning|world-class|first-class|top-notch|best|famous|unbeatable|new and improved|fast|speedy`;
const quality =
  "fast|quick|quickly|friendly|helpful|polite|easy|easily|clear|clearly|simple|useful|good|professional|professionally|knowledgeable|satisfied|happy|pleased|efficient|efficiently|reliable|patient|cheap|affordable|accurate|accurately|competent|courteous|kind|complete|modern|intuitive|likely|satisfying|responsive|understandable|pleasant";
const thing =
  "speed|quality|price|prices|pricing|service|support|product|products|delivery|staff|team|agent|agents|knowledge|friendliness|politeness|documentation|website|site|app|range|design|usability|communication|value|tone|shipping|features|billing|installation|answer|answers|reply|replies|chat|phone|email|solution|time|onboarding|training";
const un =
  "un(?:happy|satisfied|clear|friendly|helpful|pleasant|likely|easy|solved|answered|necessary|reliable|fair)|dis(?:satisfied|pleased|appointed|agree|like)|in(?:efficient|complete|correct|convenient|adequate|competent)|impolite|impossible|impatient";
const bad = `${un}|difficult|hard|slow|bad|rude|complicated|confusing|wrong`;
const be = "is|was|were|are|did|do|does|has|have|had|would|will|can|could|should|might|must";

const rules: readonly LintRule[] = [
  {
    code: "double-barrelled",
    find: word(
      `(${quality}),? (?:and|or|as well as|&) (?:also |very |how |as )?(?:${quality})|((?:the |our )?(?:${thing})),? (?:and|or|as well as|&) (?:also )?(?:the |our |its |their )?(?:\\p{L}+ )?(?:${thing})`,
    ),
    instead: "$1$2",
    closed: true,
  },
  {
    code: "double-barrelled",
    find: /,? (?:and|or) (?:how|would|did|was|were|do|does|is|are|will|can|could|have|has|what|if so)(?!\p{L})[^?？]*/iu,
    instead: "",
  },
  { code: "double-barrelled", find: /\?[^?]*\p{L}[^?]*\?/u, instead: "?" },
  {
    code: "leading",
    find: from(
      `how (?:very |really |truly |absolutely )?(?:${praise}|much better) (?=is|was|were|are|did|do|has|have|would)`,
    ),
  },
  {
    code: "leading",
    find: word(
      "how much (?:do|did|have|would|will) you (?:really |already )?(?:love|loved|like|liked|enjoy|enjoyed|appreciate|appreciated)|did you (?:love|enjoy)|what (?:do|did) you love",
    ),
  },
  {
    code: "leading",
    find: from(
      `(our|your|the|this|these) (?:very |truly |always |new )?(?:${flattering})(?: (?:and )?(?:${flattering}))? (?=\\p{L})`,
    ),
    instead: "$1 ",
  },
  {
    code: "leading",
    find: word(
      ",? ?(?:don['’]t you (?:agree|think)|wouldn['’]t you (?:agree|say)|isn['’]t it|aren['’]t we|wasn['’]t it|didn['’]t we|(?<=, ?)right)(?=\\s*\\?)",
    ),
    instead: "",
  },
  {
    code: "leading",
    find: word(
      "(?:don['’]t|wouldn['’]t) you (?:agree|think|say)(?: that)?|(?:do|would) you (?:not )?agree that|wouldn['’]t it be|surely|obviously|of course|as you know|everybody knows|everyone knows|most (?:of our )?(?:customers|people|users) (?:say|think|love|agree|find)|we (?:worked|work|tried|try) (?:so |very |really )?hard|we are proud|we['’]re proud|we know (?:that )?you|give us (?:a |an )?(?:10|5|five|ten|top|good|high)",
    ),
  },
  {
    code: "negated",
    find: word(
      `(?:not|never|n['’]t|hardly|without|no longer)(?: \\p{L}+){0,2} (?:${un})|not (?:at all )?(?:${bad})`,
    ),
    closed: true,
  },
  {
    code: "leading",
    find: /(?<!\p{L})(?:did|do) you like/iu,
    closed: true,
  },
  {
    code: "negated",
    find: new RegExp(`(?<!\\p{L})(${be})n['’]t (?!you (?:agree|think|say))(?=[^.!]*\\?)`, "iu"),
    instead: "$1 ",
    closed: true,
  },
  { code: "negated", find: /(?<!\p{L})(?:wo|ca)n['’]t (?=[^.!]*\?)/iu, closed: true },
  {
    code: "negated",
    find: new RegExp(`(?<!\\p{L})(?:${be}) (?:\\p{L}+ ){1,2}not (?=[^.!]*\\?)`, "iu"),
    closed: true,
  },
  {
    code: "absolute",
    find: word(
      "(?:always|never|all the time|every time|every single|everyone|everybody|nobody|no one|everything|completely|totally|entirely|absolutely|utterly|perfectly|100 ?%|without exception) ?",
    ),
    instead: "",
    closed: true,
  },
  {
    code: "absolute",
    find: from(
      "(?:terrible|awful|horrible|dreadful|disgraceful|ridiculous|lousy|annoying) (?=\\p{L})",
    ),
    instead: "",
  },
  {
    code: "absolute",
    find: word(
      "terrible|awful|horrible|dreadful|disgraceful|ridiculous|lousy|pathetic|useless|waste of|fail(?:ed)? you|let you down|rip-?off|nightmare|unacceptable|annoying",
    ),
  },
  {
    code: "jargon",
    find: word(
      "nps|csat|ces|kpis?|slas?|fcr|frt|ux|ui|touch-?points?|omni-?channel|stakeholders?|leverage|synerg(?:y|ies)|value proposition|pain points?|end-to-end|utilize|detractors?|promoters?|customer journey|onboarding|first[- ]contact resolution|churn|use cases?",
    ),
  },
];

const goodEnd =
  "very satisfied|satisfied|extremely likely|very likely|likely|excellent|best|great|good|perfect|very easy|easy|strongly agree|agree|happy|very happy|definitely|much better|better|yes";
const badEnd =
  "not|no|never|un\\p{L}+|dissatisfied|very dissatisfied|worst|worse|bad|very bad|poor|terrible|awful|difficult|hard|very hard|disagree|strongly disagree|upset";
const means = "\\s*(?:=|:|–|—|-|is|means|being|for|\\()\\s*(?:the |a )?";

export const english: LintWords = {
  rules,
  longest: 25,
  fits: {
    nps: /recommend/iu,
    ces: word("eas(?:y|ier|ily|e)|effort|difficult|difficulty|simple|hard|effortless"),
    csat: word("satisf\\p{L}*|dissatisf\\p{L}*|happy|pleased|content"),
    expectation: /expect/iu,
    emotion: word("feel|feeling|feels|felt|mood"),
  },
  good: word(goodEnd),
  bad: word(badEnd),
  lowIsGood: new RegExp(`(?<!\\d)[01]${means}(?:${goodEnd})(?!\\p{L})`, "iu"),
  highIsBad: new RegExp(`(?<!\\d)(?:5|7|10)${means}(?:${badEnd})(?!\\p{L})`, "iu"),
};
