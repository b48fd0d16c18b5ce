/**
 * How people ask for their rights, as patterns over a clause in canonical form (see canonical in
 * ../rights.ts): small letters, no accents or apostrophes, words apart, Han characters together.
 * A clause has to match from end to end, so a longer sentence that merely contains one is none.
 */

/** The words of one language. Each is a pattern of a whole clause without the courtesies around it. */
export interface RightsWords {
  /** Courtesies that may stand before and behind. */
  readonly before: string;
  readonly behind: string;
  readonly forget: string;
  /** What may follow in the next clause: "…, my name and my messages". */
  readonly object: string;
  readonly data: string;
  /** "… and then delete it": asks to forget only behind a wish to see the data. */
  readonly thenDelete: string;
  readonly resume: string;
}

const mine = `my(?: own)?(?: personal)?(?: chat| support)?`;
const things = `(?:data|info|information|details|records?|answers|replies|responses|messages|feedback|scores|ratings|comments|history|name|e ?mail|email address)`;
const aboutMe = `(?:about|of|on|from|for) me`;
const youHave = `(?: that| which)?(?: you(?: have|ve got| know| keep| kept| hold| store| stored| saved| collected|ve stored|ve saved)?)`;
const listed = `${things}(?: and(?: all)?(?: ${mine}|) ${things})*`;
const objectEn = `(?:(?:all|any)(?: of)? )?(?:${mine}|the|your) ${listed}(?:${youHave}(?: ${aboutMe})?| ${aboutMe})?`;
const everything = `(?:everything|all)(?:${youHave})?(?: ${aboutMe})?|all (?:the |your )?${things}(?:${youHave})? ${aboutMe}|(?:the |any )?${things}(?:${youHave})? ${aboutMe}`;
const eraseEn = `(?:forget|delete|erase|wipe|purge|destroy|remove|clear)`;

export const en: RightsWords = {
  before: `please|pls|plz|kindly|just|now|ok|okay|so|and|then|also|but|hi|hello|hey|can you|could you|would you|will you|can i|could i|may i|how do i|how can i|how to|i want to|i want you to|i wish to|i would like to|id like to|i would like you to|id like you to|i ask you to|i request you to|i demand that you|i need you to|you should|you must|you to|to|let me|go ahead and`,
  behind: `please|pls|plz|now|right now|immediately|at once|asap|completely|entirely|permanently|forever|for good|thanks|thank you|thx|again|too|as well|from (?:your|the) (?:system|systems|database|records|servers?)|here|then|instead|everywhere`,
  forget: `forget (?:about )?me|(?:delete|erase|wipe|purge) me|${eraseEn} (?:${objectEn}|${everything})(?: and forget (?:about )?me)?|be forgotten|(?:my |the )?right to (?:be forgotten|erasure)|(?:a |my )?(?:gdpr |data )?(?:erasure|deletion) request`,
  object: `(?:and )?(?:all )?(?:of )?${mine} ${listed}|(?:and )?everything(?: else)?(?: ${aboutMe})?`,
  data: `(?:all )?my (?:own )?(?:personal )?(?:data|info|information)|(?:show|send|give|get|export|download|see|view|have|tell)(?: me)? (?:a copy of )?(?:all )?(?:of )?my (?:own )?(?:personal )?(?:data|info|information|records)|a copy of (?:all )?my (?:personal )?data|what (?:all )?(?:data |info |information |things )?(?:do |have |did )?you (?:know|have|keep|kept|hold|store|stored|save|saved|collect|collected|got)(?: stored| saved| kept)? (?:about|on|of) me|what (?:data |info |information )?is (?:kept|known|stored|saved|held) (?:about|on|of) me|which data (?:do )?you (?:have|keep|store|hold) (?:about|on|of) me|(?:show|tell|send|give) me what(?: data)? you (?:know|have|keep|store|hold|saved)(?: stored| saved)? (?:about|on|of) me|(?:show|send|give|tell) me (?:everything|all) you (?:know|have|keep|store|hold) (?:about|on|of) me|(?:a )?(?:subject |data )access request|(?:a )?data export`,
  thenDelete: `${eraseEn} (?:it|them|that|those|all|all of it|everything)`,
  resume: `resume|unpause|un pause|start|start (?:again|asking)|start asking(?: me)?(?: again)?|ask me again|ask again|you (?:may|can) ask(?: me)?(?: again)?|ask me(?: questions)? again|resubscribe|subscribe|opt in|opt me in|opt me back in|opt back in|continue|continue asking|keep asking`,
};

const ownRu = `(?:мои|моих|мою|мое|свои|своих|свою|свое)(?: личн(?:ые|ую|ых)| персональн(?:ые|ую|ых))?`;
const thingsRu = `(?:данные|данных|информацию|сведения|ответы|отзывы|оценки|сообщения|комментарии|историю|имя|почту|переписку)`;
const aboutMeRu = `(?:обо мне|про меня|о мне|на меня|меня касается)`;
const wholeRu = `(?:все|всю|всех|любые|полностью)`;
const eraseRu = `(?:удали|удалите|удалить|удаляи|удаляите|сотри|сотрите|стереть|уничтожь|уничтожьте|уничтожить|очисти|очистите|очистить|забудь|забудьте|забыть|убери|уберите)`;

export const ru: RightsWords = {
  before: `пожалуиста|прошу|прошу вас|просьба|требую|хочу|я хочу|хочу чтобы вы|хотел бы|хотела бы|я хотел бы|я хотела бы|можете|можете ли вы|можно|можно ли|могли бы вы|не могли бы вы|вы можете|как|как мне|как я могу|а|и|и еще|также|потом|затем|тогда|ну|так|здравствуите|добрыи день|привет|теперь|давайте|давай|лучше|вы`,
  behind: `пожалуиста|сеичас|сразу|немедленно|навсегда|полностью|совсем|спасибо|отсюда|из (?:вашеи )?(?:базы|системы|базы данных)|у вас|мне|тоже|снова|опять|тогда|уже`,
  forget: `(?:забудь|забудьте|забыть)(?: (?:обо мне|про меня|меня))|${eraseRu} (?:${wholeRu} )?(?:${ownRu} )(?:${thingsRu})(?: и (?:${ownRu} )?${thingsRu})*(?: ${aboutMeRu})?|${eraseRu} ${wholeRu}(?: ${thingsRu})?(?: что)?(?: вы)?(?: у вас)?(?: есть| знаете| храните| известно| хранится)?(?: ${aboutMeRu})?|${eraseRu} (?:${thingsRu}) ${aboutMeRu}|${eraseRu} меня (?:полностью|навсегда|из (?:базы|системы|базы данных))|(?:мое |о )?право на забвение|запрос на удаление(?: моих)?(?: персональных| личных)? данных|удаление моих(?: персональных| личных)? данных`,
  object: `(?:и )?(?:${wholeRu} )?${ownRu} ${thingsRu}|(?:и )?все остальное(?: ${aboutMeRu})?`,
  data: `(?:все )?мои (?:личные |персональные )?данные|(?:покажи|покажите|показать|пришли|пришлите|прислать|даи|даите|отправь|отправьте|выгрузи|выгрузите|выгрузить|скачать|посмотреть|увидеть|получить|узнать)(?: мне)? (?:все )?(?:мои|свои) (?:личные |персональные )?(?:данные|сведения)|(?:(?:пришли|пришлите|даите|отправьте|выдаите|получить|сделаите)(?: мне)? )?(?:копию|копия|выгрузка|выгрузку|экспорт) (?:всех )?(?:моих|своих) (?:личных |персональных )?данных|что (?:вы |ты )?(?:обо мне|про меня) (?:вы |ты )?(?:знаете|знаешь|храните|хранишь|помните|помнишь|известно|хранится|сохранено|есть|записано)|что (?:вы |ты |у вас )?(?:знаете|знаешь|храните|хранишь|помните|помнишь|известно|хранится|сохранено|есть|записано) (?:у вас )?(?:обо мне|про меня|на меня)|какие (?:мои |обо мне )?(?:личные |персональные )?данные (?:обо мне )?(?:вы |у вас )?(?:храните|хранятся|есть|собираете|имеете|знаете|собраны|сохранены)(?: у вас)?(?: обо мне)?|(?:покажи|покажите|пришлите|расскажите|скажите)(?: мне)? (?:все )?что (?:вы |у вас )?(?:знаете|храните|есть|известно|хранится) (?:обо мне|про меня)`,
  thenDelete: `${eraseRu}(?: их| это| все| все это)?`,
  resume: `возобнови|возобновите|возобновить|возобновляите|продолжить|продолжаи|продолжаите|можете (?:снова |опять )?спрашивать(?: снова| меня)?|можно (?:снова |опять )?спрашивать(?: меня)?|(?:снова |опять )?спрашиваите(?: меня)?(?: снова| опять)|снова спрашиваите|подписаться(?: снова)?|подпишите меня(?: снова)?|снять с паузы|снимите с паузы`,
};

// Traditional forms stand beside those simplified ones that the reader of words does not map.
const dataZh = "(?:数据|數據|[资資]料|[资資][讯訊]|信息|[讯訊]息|[记記][录錄]|[档檔]案)";
const thingsZh = `(?:${dataZh}|回答|答案|回[复覆復]|[评評][价價分]|反[馈饋]|意[见見]|留言|消息|[历歷]史|姓名|名字|[邮郵]箱|[对對][话話]|隐私|[隐隱]私)`;
const allZh = "(?:所有|全部|一切|任何)";
const mineZh = `我(?:的)?(?:${allZh}|[个個]人)?(?:的)?(?:[个個]人)?`;
const objectZh = `(?:${allZh}(?:的)?)?${mineZh}${thingsZh}(?:(?:和|与|與|以及|跟|、)(?:${mineZh})?${thingsZh})*|(?:${allZh})?(?:有)?(?:[关關][于於])?我的(?:${allZh})(?:${dataZh})?|(?:${allZh})?(?:有)?[关關][于於]我的?(?:${allZh})?(?:${dataZh})?|${allZh}(?:的)?${dataZh}`;
const eraseZh =
  "(?:[删刪]除|[删刪]掉|[删刪]去|[删刪]了|清除|清掉|清空|抹除|抹掉|抹去|[销銷][毁毀]|忘记|忘記|忘掉|忘了|移除)";

export const zh: RightsWords = {
  before: `请|請|麻烦|麻煩|麻烦你|麻煩你|麻烦您|麻煩您|拜托|拜託|帮我|幫我|帮忙|幫忙|替我|给我|給我|我要|我想|我想要|我希望|希望|我要求|要求|我需要|可以|可不可以|可否|能不能|能|能否|你能|您能|你们|你們|您|你|怎么|怎麼|怎样|怎樣|如何|我如何|我怎么|我怎麼|并且|並且|并|並|然后|然後|还有|還有|再|也|就|先|那|现在|現在|你好|您好|唔该|唔該|好`,
  behind: `吧|啊|呀|啦|了|呢|嘛|吗|嗎|谢谢|謝謝|多谢|多謝|一下|掉|全部|立刻|马上|馬上|现在|現在|好吗|好嗎|可以吗|可以嗎|永久|唔该|唔該`,
  forget: `(?:忘记|忘記|忘掉|忘了)我(?:的一切)?|(?:彻底|徹底|永久)?${eraseZh}(?:掉|了)?(?:${objectZh})|(?:把|将|將)(?:${objectZh})(?:都|全部|全|彻底|徹底|永久)?${eraseZh}(?:掉|了)?|(?:${objectZh})(?:都|全部|全)?${eraseZh}(?:掉|了)?|被[遗遺]忘[权權]|我要(?:行使)?被[遗遺]忘(?:的)?[权權](?:利)?|(?:让|讓)我被[遗遺]忘`,
  object: `(?:和|以及|还有|還有)?(?:${objectZh})`,
  data: `我的(?:[个個]人|所有|全部)?(?:数据|數據|[资資]料|信息|[资資][讯訊])|(?:查看|查一下|查[询詢]|看看|看一下|看|[显顯]示|[导導]出|匯出|汇出|下[载載]|[发發]送|[发發]|[给給]我看|[给給]我|提供|索取|取得|拿)(?:一下)?(?:[给給]我)?我的(?:[个個]人|所有|全部)?(?:数据|數據|[资資]料|信息|[资資][讯訊])|(?:都)?(?:知道|有|保存|存|存[储儲]|[储儲]存|保留|收集|[记記][录錄]|掌握)(?:了|着|著)?(?:[关關][于於])?我(?:的)?(?:哪些|什么|什麼|多少|些什么|些什麼)(?:${dataZh})?|(?:都)?(?:知道|有|保存|存|存[储儲]|[储儲]存|保留|收集|[记記][录錄]|掌握)(?:了|着|著)?(?:哪些|什么|什麼|多少)(?:有)?(?:[关關][于於])?我的?(?:${dataZh})?|[关關][于於]我(?:的)?(?:${dataZh})?你(?:们|們)?(?:都)?(?:知道|有|保存|存)(?:了)?(?:什么|什麼|哪些|多少)(?:${dataZh})?|[关關][于於]我的(?:${dataZh})|我的[资資]料副本`,
  thenDelete: `${eraseZh}(?:掉|了)?(?:它|它们|它們|全部|所有|都)?|全部${eraseZh}|都${eraseZh}(?:掉|了)?`,
  resume: `恢[复復]|恢[复復](?:提[问問]|[询詢][问問])|[继繼][续續]|[继繼][续續](?:提)?[问問](?:我)?|可以(?:再|重新|[继繼][续續])?[问問]我|重新[问問]我|再[问問]我|重新[开開]始|重新[订訂][阅閱]|[订訂][阅閱]`,
};
