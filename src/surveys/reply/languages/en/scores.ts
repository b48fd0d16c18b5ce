/** Words around scores, in English. */
import type { Phrases } from "../../vocabulary.ts";

export const scores: Phrases = {
  fill: `
    please; pls; plz; thanks; thank you; thank you so much; thank you very much; thanks a lot;
    many thanks; thanks so much; thx; ty; cheers; tysm; thanks again; thanks for asking;
    thank you for asking; hi; hello; hey; hi there; hey there; hello there; good morning;
    good afternoon; good evening; dear team; guys; team; ok; okay; k; alright; all right; well; oh;
    ah; hm; hmm; hmmm; um; umm; uh; er; erm; so; sorry; sure thing; lol; haha; hehe; i think;
    i guess; id guess; i suppose; i believe; i feel; i feel like; imo; imho; in my opinion; for me;
    from me; from my side; to me; to be honest; tbh; honestly; frankly; really; overall;
    all in all; in general; generally; in total; definitely; absolutely; certainly; clearly;
    for sure; of course; just; simply; maybe; perhaps; probably; anyway; actually; regards;
    best regards; kind regards; bye; let me see; let me think; i mean it; no doubt;
    without a doubt; easily; obviously; totally; right; yw; np; my friend; sir; madam; mate; dude;
    man; verdict; final answer; my verdict; all day; all the way; hands down; sent from my iphone;
    sent from my phone; sent from my android; sent from my mobile; without hesitation;
    no question about it; if you ask me; for what its worth; fwiw; i reckon; reckon; methinks;
    i must say; i have to say; by the way; btw; from us; from all of us; happily; gladly; as usual;
    folks; yall; exactly; buddy; pal; xx; xxx; xoxo; bro; if im honest; if i am honest;
    if im being honest; to be fair; in fairness; in short; long story short; period; straight;
    no question; no contest; it is what it is; sounds right; seems fair; sounds fair; seems right;
    fair enough; there you go; here you go; here you are; here it is; you know; look; alrighty;
    righto; okie; okey; oki; kk; okey dokey; yo; greetings; good day; howdy; take care;
    have a nice day; have a good day; have a great day; good night; good luck; cya; bb; np thanks;
    no worries thanks; merci; danke; gracias; appreciated; much appreciated; appreciate it;
    i appreciate it; bless you; god bless; amen; )`,
  give: `
    i; id; ill; my; it; its; you; your; youre; we; wed; a; an; the; this; that; thats; is; give;
    gives; gets; get; giving; rate; rating; rated; score; scored; scores; vote; grade; mark;
    answer; say; said it is; go with; going with; make it; deserve; deserves; earned; solid;
    strong; easy; clear; straight; perfect; full; big; whopping; i would; i would say;
    id give them; id give him; id give her; id say; id go with; i will give; im going with;
    im giving; lets say; lets go with; put me down for; put me down as; mark me down as; put down;
    you guys get; you guys deserve; you guys are a; my score would be; my rating would be;
    my answer; my answer is; my answer would be; nps; csat; ces; it was a; it was an; it is;
    support; your support; customer support; customer service; service; the agent; the team;
    your team; experience; this chat; the chat; this one; for this; for you; for the support;
    for the service; for your help; for your service; for your support; for the help; for the chat;
    for the team; for the agent; for this chat; to you; to you guys; im a; im an; im at; choose;
    pick; select; im gonna say; gonna say; gonna go with; going to say; im going to say;
    im gonna go with; gotta be a; has to be a; big fat; absolute; comes to; sits at; id put;
    id put it at; put it at; put you at; i put; count me as a; call it; lets call it; settle on;
    settling on; i am at; we would give; receives; worth a; you guys; you all; a good; a great;
    a fair; a decent; an honest; a generous; a well deserved; well deserved; a well-deserved;
    honest; my honest; id give; i would give; id rate; i would rate; id score; wed give;
    comfortable; comfortably; a firm; firm; a nice; nice; a healthy; a round; mine; mine is; mines;
    its a strong; scoring; giving it; leaning; leaning towards; let it be; id settle for; were at;
    from our side; our score; our score is; our rating; our rating is; our answer; our team gives;
    we would say; gets a solid; a confident; a definite; definite; sure; final; final score;
    my final score; a proud; a humble; an enthusiastic; an absolute; a resounding; a shiny;
    a rock solid; rock solid; it gets; it gets a; it deserves; it deserves a; this deserves;
    rated as; rate as; rate at; ranks; rank; it as; y all; the lot of you; all of you;
    the whole team; everyone there; everybody there; the folks; give them; give him; give her;
    giving them; id rate them; i rate them`,
  subject: `
    support; customer support; customer service; service; experience; chat; quality; team;
    the team; the agent; the chat`,
  would: "id give; i would give; id rate; i would rate; id score; wed give; i would",
  feel: `
    i; im; i am; i was; i feel; i felt; feeling; we; we are; were; it; its; it is; it was;
    that it was easy; you made it easy; that it was made easy; that; this; with; with you;
    with the service; with your service; with the help; with your help; with the agent;
    with the chat; with the team; with the support i received; with the support i got;
    by the support; about it; about this; about that; about the support; than i; than expected;
    statement; made me; left me; me; feel; pretty much; a; an; the; support; your support;
    the support was; your support was; the service was; service was; support was; option; answer;
    my answer; my answer is; id say; i would say; id go with`,
  points: "point; points; pt; pts; point(s); marks; mark",
  star: "star; stars; -star; -stars",
  outOf: "out of; of; outta; /; from; over; on",
  best: `
    full marks; top marks; top score; full score; full points; maximum; the maximum; highest score;
    the highest score; highest possible; maximum score; max score; perfect score; the top score;
    max points; maximum points; the highest score possible; highest possible score;
    the maximum score`,
  worst: `
    lowest score; the lowest score; minimum score; lowest possible; the minimum;
    the lowest possible score`,
  onScale: `
    on a scale of; on a scale from; on the scale of; on the scale from; in a scale of; scale of;
    scale from; scale; on scale; from; between`,
  to: "to; through; till",
  praise: `
    great; good; excellent; amazing; awesome; fantastic; brilliant; perfect; nice; slow; fast;
    quick; quickly; friendly; helpful; wonderful; polite; terrible; horrible; awful; bad; poor;
    happy; satisfied; outstanding; superb; exceptional; incredible; professional; patient;
    well done; no complaints; great service; good service; excellent service; great support;
    good support; excellent support; great help; great job; good job; nice job; great work;
    good work; replies were; slow reply; slow response; fast reply; fast response; quick reply;
    quick response; quick help; fast help; stuff; room for improvement; no issues; all good;
    all great; kind; lovely; easy; smooth; efficient; solid; decent; average; mediocre; meh;
    not bad; not good; not great; cool; forever; useless; disappointing; disappointed; impressed;
    perfectly; understanding; knowledgeable; responsive; clear; too slow; too long;
    too complicated; very good; very nice; very great; very bad; very poor; very satisfied;
    very happy; very fast; very quick; very slow; very helpful; very friendly; very professional;
    very polite; very patient; very kind; really good; really great; really nice; really helpful;
    really fast; really friendly; super helpful; super fast; super friendly; super nice;
    super quick; so helpful; so fast; so slow; so friendly; pretty good; quite good; great team;
    awesome team; great agent; great people; fast service; friendly service; slow support;
    quick support; fast support; friendly support; friendly staff; great staff; great experience;
    good experience; bad experience; terrible experience; terrible support; bad support;
    poor support; awful support; horrible support; perfect support; wonderful support;
    wonderful service; superb service; outstanding service; best service; best support; the best;
    not happy; not satisfied`,
  remark: `
    would recommend; will recommend; highly recommend; highly recommended;
    would definitely recommend; love it; loved it; love you; love you guys; keep it up; keep up;
    thanks for; thank you for; everything was; everything is; everything went; it took;
    took too long; took forever; took ages; could be better; could be faster; could have been;
    could be; no complaints; no issues; room for improvement; all good; all great; well done;
    great job; good job; was great; was good; was excellent; the agent was; your agent was;
    the support was; agent was; you guys; you rock; because; since; for the quick; for the fast;
    for the great; for the excellent; for being; for helping; for the friendly; for the slow;
    for the kind; for quick; for fast; for great; for excellent`,
  tail: `
    could; could be; can be; would recommend; would do; would use; will recommend; love; loved;
    keep; thank; everything; best; problem solved; issue solved; sorted; fixed; solved; resolved;
    too; so; really; very; quite; pretty; super; would; will; can; should; not; only; just;
    nothing; never; still; again; because; everyone; no; yes; they; he; she; it; you; this; that;
    great; good; also; definitely; always; a bit; a little; but; for; with; on; in`,
  link: `
    because; because of; bc; bcs; cuz; coz; cause; as; due to; but; although; though; however; and;
    so; yet; except; just because; mainly because; mostly because; purely because; only because;
    simply because; even though; even if; &`,
  but: "but; however; though; although; except; yet; only; even though",
  and: "and; &",
  condition: `
    if; unless; when you; once you; as soon as; provided; assuming; until you; if only; as long as;
    when it; once it; if you; once the; once my; once we; once i; when the; when my; when i;
    when we; after you; after i; after my`,
  only: "only; but; and; even; just; maybe; then; though; well",
  spoil: `
    just kidding; kidding; jk; joking; just joking; no wait; wait no; hang on; actually no;
    not really; scratch that; correction; i mean; or rather; typo; oops; and a half; and half;
    last time; previously; used to be; used to give; my bad; on second thought; on second thoughts;
    changed my mind; sarcasm; /s; or so; or less; or more; ish; in your dreams`,
  doubt: `
    not; never; dont; cant; cannot; wont; isnt; wasnt; almost; nearly; about; around; roughly;
    approximately; approx; at least; at most; more than; less than; under; above; below; over;
    up to; between; minus; somewhere between; not sure; im not sure; unsure; not certain;
    i dont know; dont know; dunno; idk; i dunno; no idea; hard to say; hard to tell;
    difficult to say; cant say; cannot say; who knows; depends; it depends; maybe not;
    dont think so; i dont think so; i hope so; hopefully; what; huh; why; who; who is this;
    what is this; what do you mean; which; how; eh; meh; so so; would; would be; could be;
    should be; wanted; wanted to; was; were; be; been; have; had; or; if; test; testing;
    yes and no; n; y; somewhat; fairly; mostly; rather; quite; hardly; barely; neither; either;
    both; half; idk lol; whatever; anything; ever; percent; nan; null; undefined; infinity; plus;
    wait; point; have given; i wanted to give; last time; tops; a half; last week; last month;
    last year; yesterday; next time; or so; ish; so; dont agree; do not agree; not at all; at all;
    maybe; perhaps; possibly; probably; at best; at worst; must be; should be a; could be a; max;
    possibly a; or lower; or higher; or better; or worse; and up; and above; and below;
    plus or minus; give or take; then; not happy; not satisfied; not good; not great`,
  idle: `
    no one; no-one; noone; one thing; one question; one more; one another; the one; this one thing;
    that one; no one else; number one; at one point; one issue; one agent; one person; one time;
    one by one; once; one on one; one or two; only one; every one; any one; each one; one way;
    one bit; no problem; no problems; no worries; no complaints; no complaint; no issue; no issues;
    no need; no longer; no matter; no doubt; no comment; no offence; no offense; no kidding;
    no clue; no reason; no response; no reply; no answer; no rush; no hurry; no joke; no more;
    no charge; no wonder; no access; no help; no contact; nothing else; yes man; yes men;
    for the first time; first time; second time; half the time; all the time; no question;
    no questions; no more questions; number 1; the one who; the one that; you 2; u 2; me 2;
    thank you 2; thank u 2; 2 you; 2 u; 4 you; 4 u; 4 me; 2 me; 4 now; hi 5; high 5; high five;
    hi five; take 5; take five; all 3; my 2 cents; my two cents; 2 cents; two cents; ten four`,
  abbreviation: `
    no; nr; num; st; ave; fig; vol; apt; ver; approx; ca; ext; tel; p; pp; ch; sec; max; min; ref;
    art`,
};
