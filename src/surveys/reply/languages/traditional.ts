/** Traditional characters that zh.ts writes in their simplified form; variants are here too. */

const pairs = [
  "萬万與与專专業业丟丢兩两個个為为舉举麼么麽么樂乐亂乱於于親亲僅仅從从們们價价優优會会傳传體体倆俩",
  "兒儿關关興兴內内寫写決决況况減减幾几則则刪删別别辦办務务單单參参雙双發发變变號号後后嗎吗聽听響响",
  "喲哟圓圆場场壞坏堅坚處处復复複复夠够頭头實实對对將将幫帮並并廣广應应開开棄弃彈弹強强當当徹彻態态",
  "總总惱恼願愿懶懒戶户擾扰拋抛擇择數数斷断無无舊旧時时曬晒暫暂權权條条來来極极樣样夢梦歡欢畢毕氣气",
  "沒没測测滾滚滿满點点煩烦獨独現现著着碼码確确禮礼離离種种類类緊紧約约級级終终經经結结繞绕給给絡络",
  "絕绝統统繼继續续維维綜综緩缓編编聯联繫系係系節节薦荐雖虽蠻蛮補补見见規规視视覺觉訂订認认讓让議议",
  "訊讯記记講讲許许諷讽設设評评詞词試试話话詢询該该說说誒诶請请課课誰谁調调談谈謂谓謝谢譜谱負负貳贰",
  "貴贵費费贊赞讚赞車车較较邊边達达過过還还這这遠远連连遲迟選选遺遗郵邮鐘钟鍾钟錯错門门問问閒闲間间",
  "閱阅陣阵陸陆隨随難难靜静頂顶順顺須须預预顆颗題题額额飯饭馬马驗验騙骗騷骚週周隻只產产億亿憑凭勞劳",
  "叄叁吶呐噠哒嘍喽錄录猶犹穩稳觀观論论進进駕驾",
].join("");

/** The simplified form of a traditional character. */
export const traditionalToSimplified: ReadonlyMap<string, string> = new Map(
  (pairs.match(/../gu) ?? []).map(([traditional = "", simplified = ""]) => [
    traditional,
    simplified,
  ]),
);
