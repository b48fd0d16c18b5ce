/** Wishes and times, in English. */
import type { Phrases } from "../../vocabulary.ts";

export const wishes: Phrases = {
  later: `
    later; not now; not right now; not just now; not at the moment; another time; some other time;
    some other day; another day; later on; in a bit; in a while; in a moment; in a minute;
    in a sec; soon; later then; afterwards; when i have time; when i get time;
    when i have a minute; when i have a moment; when im free; when im done; give me a moment;
    give me a minute; give me a sec; give me some time; hold on; brb; snooze; remind me;
    come back later; check back; later maybe; not today; bad time; not a good time; bad timing;
    now is not a good time; its not a good time; this is not a good time; ttyl`,
  pause: `
    pause; not for a while; for a while; for some time; for the time being; not this month;
    not this week; not anytime soon; not any time soon; not soon; not in the near future;
    not for some time; less often; for a month; for the next month; not so often; not for a month`,
  decline: `
    skip; skip it; skip this; skip this one; skip that; skip please; skip question;
    skip the question; id like to skip; ill skip; i skip; ill skip this one; i want to skip; pass;
    ill pass; i pass; hard pass; pass on this; ill pass on this; no thanks; no thank you; no thx;
    no ty; nah thanks; no, thanks; no, thank you; nope thanks; not this time; not this one;
    not interested; im not interested; no interest; id rather not; id rather not say;
    id rather not answer; i would rather not; i would rather not say; i would rather not answer;
    rather not; rather not say; prefer not to; prefer not to say; prefer not to answer;
    id prefer not to; id prefer not to say; id prefer not to answer; i prefer not to answer;
    i prefer not to say; dont want to; i dont want to; dont want to answer; i dont want to answer;
    do not want to answer; i do not want to answer; dont want to say; i dont want to say;
    dont want to rate; i dont want to rate; dont feel like it; i dont feel like it;
    dont feel like answering; dont care; i dont care; wont answer; i wont answer;
    i will not answer; not answering; im not answering; no answer; no answer from me; no comment;
    n/a; na; next; next question; next one; dismiss; cancel; i dont do surveys;
    i dont answer surveys; i dont rate; decline; i decline; none of your business; count me out;
    not for me; i dont want this; dont want this; i dont want it; not answering this;
    no time for surveys`,
  stop: `
    stop; unsubscribe; unsub; unsubscribe me; opt out; optout; opt-out; opt me out; remove me;
    take me off; leave me alone; leave me in peace; go away; quit asking; quit messaging;
    quit sending; cease; stop it; stop this; stop that; stop all; stop now; get lost; stop asking;
    stop messaging; stop sending; stop contacting; stop spamming; stop bothering; stop pinging;
    stop writing; stop texting; no more surveys; no more survey; no more messages;
    no more of these; no more feedback requests; no surveys; no spam; do not disturb;
    i dont want surveys; i dont want any surveys; i dont want these surveys;
    i dont want any more surveys; i dont want these; i dont need surveys;
    i dont want any more messages; i dont want more messages; i dont want your messages;
    i dont want to get these; i dont want to receive these; i dont want to receive;
    i dont want to get; no more of these messages; i dont want any messages;
    i dont want any more of these`,
  busy: `
    busy; im busy; i am busy; busy now; a bit busy; very busy; kind of busy; too busy; im driving;
    driving; im in a meeting; i am in a meeting; in a meeting; in meetings; im at work; at work;
    im at lunch; at lunch; on the road; on the go; im on the go; on a call; im on a call;
    in a call; no time; i have no time; no time for this; no time for that; dont have time;
    i dont have time; dont have the time; i dont have the time; havent got time; no time today;
    cant talk; cant now; i cant; cant answer; cant right now; i cant right now; cant do it now;
    cant do this now; occupied; travelling; traveling; im away; im out; swamped; i have to go;
    gotta go; got to go; i have to run; gotta run; have to run`,
  now: `
    now; right now; at the moment; currently; atm; just now; at present; this moment; today;
    at this time; this minute`,
  ask: `
    ask; asks; asking; ask me; asking me; message me; messaging me; contact me; contacting me;
    contact; send; sending; send me; sending me; write me; write to me; writing me; ping; ping me;
    pinging; pinging me; text me; bother; bother me; bothering me; remind; remind me; spam;
    spam me; spamming me; survey me; surveying me; email me; try me; message; messaging;
    get back to me; come back; check back; try again; disturb; disturb me; annoy me;
    dont contact me; do not contact me; dont call me; do not call me; dont call`,
  promise: `
    ill answer; i will answer; ill do it; i will do it; ill do this; ill reply; i will reply;
    i will rate; ill rate; ill respond; i will respond; ill fill it in; ill fill it out;
    ill get back to you; i will get back to you; let me answer; i can answer; i could answer;
    will answer; will reply; will respond; will do; will do it; will rate; give me`,
  thing: `
    me; this; that; these; those; it; questions; question; survey; surveys; these surveys;
    messages; messages from you; feedback; feedback requests; about this; about it; about that;
    for feedback; from your list; from the list; from this; from these; from the mailing list;
    list; from surveys; your; can you; could you; can i; could i; can we; could we; can you please;
    could you please; i can; i may; ill; i will; then; want; id like; i would like; you; to; any;
    with; about; better; try; let; lets; rather; instead; and; or; i; have time; might; stuff; all;
    kindly; happy to; but; so; because; im; a; the; more; answer; reply; respond; do it; do this`,
  dont: `
    dont; do not; never; dont you; never ever; dont ever; please dont; i dont want you to;
    do not ever; dont you ever; i dont want to be; dont contact me; do not contact me;
    dont call me; do not call me; dont call`,
  ever: `
    anymore; any more; ever; ever again; forever; never; never ever; surveys; these surveys;
    survey; never again; dont ever; do not ever; dont you ever; unsubscribe; unsub; unsubscribe me;
    opt out; optout; opt-out; opt me out; remove me; take me off; leave me alone; stop asking;
    stop messaging; stop sending; stop contacting; stop spamming; stop bothering; stop pinging;
    stop writing; stop texting; quit asking; quit messaging; quit sending; no more surveys;
    no more survey; no more messages; no more of these; no more feedback requests;
    i dont want surveys; i dont want any surveys; i dont want these surveys;
    i dont want any more surveys; i dont need surveys; again; i dont want any more messages;
    i dont want more messages; i dont want your messages; no more of these messages;
    i dont want any messages; i dont want any more of these`,
  before: `
    on; at; after; by; around; until; till; next; this; from; for; before; the; of; first thing;
    about`,
  within: "in; within",
  unit: `
    second; seconds; sec; secs; minute; minutes; min; mins; hour; hours; hr; hrs; h; day; days; d;
    week; weeks; wk; month; months; year; years; am; pm; a.m.; p.m.; oclock; o'clock; fortnight;
    half an hour; half a day; one hour; one minute; one week; one month; one day`,
  day: `
    tomorrow; tmrw; tmr; tomorow; tommorow; tommorrow; 2morrow; tonight; the day after tomorrow;
    day after tomorrow; tomorrow morning; tomorrow afternoon; tomorrow evening; tomorrow night;
    this afternoon; this evening; this weekend; the weekend; weekend; later today; later this week;
    later this month; later this evening; later this afternoon; later tonight; next week;
    next month; next year; next weekend; monday; tuesday; wednesday; thursday; friday; saturday;
    sunday; next monday; next tuesday; next wednesday; next thursday; next friday; after lunch;
    after work; after dinner; in the morning; in the evening; in the afternoon`,
  part: `
    lunch; end of day; the end of the day; end of the day; eod; noon; midday; midnight; morning;
    afternoon; evening; dinner; work; meeting; my meeting; the meeting; my shift; the call; today;
    holidays; christmas; new year; mon; tue; tues; wed; thu; thurs; fri; first thing; night`,
  amount: `
    a; an; half; half a; half an; a half; a few; few; a couple; a couple of; couple; couple of;
    several; the next; some`,
  override: `
    ignore; disregard; forget; override; bypass; you are now; act as; pretend; neglect; drop;
    insert; select; switch to; from now on`,
  orders: `
    instruction; instructions; prompt; prompts; rules; directive; directives; guidelines;
    guardrails; context; the above; above; previous; everything above; all previous; mode;
    admin mode; developer mode; table; everything you know; administrator; an ai; admin`,
};
