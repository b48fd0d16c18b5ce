/** Answers to yes-or-no questions, in English. */
import type { Phrases } from "../../vocabulary.ts";

export const answers: Phrases = {
  yes: `
    yes; yep; yup; yeah; yea; yess; yesss; ya; yas; aye; y; sure; sure did; sure is; yes sir;
    yes it is; yes it was; yes it did; yes it has; yes indeed; indeed; affirmative; correct;
    absolutely; definitely; certainly; of course; totally; for sure; yes definitely;
    yes absolutely; yes of course; oh yes; hell yes; i think so; think so; 👍; ✅; ✔; ☑; 👌; +1`,
  no: `
    no; nope; nah; naw; n; noo; nooo; nein; not at all; absolutely not; definitely not;
    certainly not; of course not; unfortunately not; unfortunately no; sadly not; sadly no;
    im afraid not; afraid not; it is not; it isnt; it was not; it wasnt; it did not; it didnt;
    it hasnt; it has not; they didnt; you didnt; you did not; no it isnt; no it is not;
    no it wasnt; no it was not; no it hasnt; no it didnt; no it did not; no way; no not really;
    negative; not yet; no not yet; no not at all; hell no; not in the least; 👎; ❌; ✖; 🚫; never`,
  partly: `
    partly; partially; in part; kind of; kinda; sort of; sorta; somewhat; half; halfway; half way;
    half half; yes partly; yes partially; more or less; to some extent; to a degree; some of it;
    part of it; only partly; only partially; only some of it; only part of it; half of it;
    only half of it; a bit; a little; a little bit; mostly; almost; nearly; not completely;
    not entirely; not fully; not totally; not quite; not all of it; not everything; incompletely;
    some; in parts; yeah kind of; yeah kinda; yes kind of; yes kinda; yeah sort of; yes sort of;
    yeah partly; yeah partially; yes in part; yep partly; well partly; yes but only partly;
    yes but only partially; yes, but only partly; yes, but only partially; yes but not completely;
    yes but not fully; yes, but not completely; yes, but not fully; yes, but not entirely;
    yes but not entirely; only in part; to a certain extent; half way there; halfway there;
    not 100%; not a 100%; not totally solved`,
  solved: `
    solved; fixed; resolved; sorted; sorted out; all sorted; all solved; all fixed; all good;
    all good now; all set; all done; all resolved; all working; working; works; working now;
    works now; works fine; works again; working again; working fine; works great; works perfectly;
    it works; it works now; its working; its working now; its working fine; its fixed;
    its fixed now; its solved; its resolved; its sorted; its done; its all good; its all good now;
    problem solved; problem fixed; problem resolved; issue solved; issue resolved; issue fixed;
    issue closed; done; completed; case closed; it worked; that worked; that worked for me; worked;
    worked for me; that did it; that helped; that did the trick; did the trick; it helped;
    fully solved; fully resolved; completely solved; completely resolved; completely fixed;
    totally fixed; is fixed; is solved; is resolved; is sorted; is sorted now; is working;
    is working now; was solved; was fixed; was resolved; got solved; got fixed; got resolved;
    got sorted; has been solved; has been fixed; has been resolved; has been sorted; been solved;
    been fixed; solved it; fixed it; resolved it; sorted it; sorted it out; you solved it;
    you fixed it; you sorted it; they fixed it; he fixed it; she fixed it; he solved it;
    she solved it; they solved it; 100% solved; solved my problem; solved my issue;
    fixed my problem; fixed my issue; solved the problem; solved the issue; fixed the problem;
    fixed the issue; good now; fine now; up and running; back to normal`,
  unsolved: `
    unsolved; unresolved; not solved; not fixed; not resolved; not sorted; not working; not done;
    still not working; still not solved; still not fixed; still not resolved; still not;
    still broken; still broke; still open; still the same; still the same problem; still an issue;
    still a problem; still happening; still failing; still doesnt work; still does not work;
    still isnt working; still isnt fixed; still isnt solved; still isnt resolved;
    still having the issue; still having the problem; still having the same issue;
    still having the same problem; still unresolved; still unsolved; doesnt work; does not work;
    didnt work; did not work; isnt working; is not working; isnt solved; isnt fixed; isnt resolved;
    is not solved; is not fixed; is not resolved; wasnt solved; wasnt fixed; wasnt resolved;
    was not solved; was not fixed; was not resolved; hasnt been solved; hasnt been fixed;
    hasnt been resolved; has not been solved; has not been fixed; has not been resolved;
    never solved; never fixed; never resolved; was never solved; was never fixed;
    was never resolved; didnt help; did not help; didnt solve it; didnt fix it; did not solve it;
    did not fix it; not helpful; not solved at all; not resolved at all; not fixed at all;
    not solved yet; not fixed yet; not resolved yet; not yet solved; not yet fixed;
    not yet resolved; same problem; same issue; same error; nothing changed; nothing has changed;
    nothing was solved; nothing was fixed; nothing works; far from it; came back; it came back;
    problem persists; the problem persists; issue persists; the issue persists; persists; broken;
    broken again; happening again; happened again; failed again; not anymore; not any more;
    unfinished; its still broken; its still not working; its not working; its not solved;
    its not fixed; its not resolved; broke; broke again; stopped working; stopped working again;
    stopped; is broken again; still cant; still cannot; still cant log in; still have; still get;
    still getting; still see; still no; still nothing; still missing; still having; no its not;
    no it is not; its not; keeps happening; keeps failing; keeps crashing; happens again;
    reappeared; returned; crashed again; not helping; no longer works; no longer working`,
  halfSolved: `
    partly solved; partially solved; partly fixed; partially fixed; partly resolved;
    partially resolved; partially sorted; partly sorted; half solved; half fixed; mostly solved;
    mostly fixed; mostly resolved; kind of solved; sort of solved; kind of fixed; sort of fixed;
    kinda solved; kinda fixed; not completely solved; not fully solved; not entirely solved;
    not completely resolved; not fully resolved; not entirely resolved; not completely fixed;
    not fully fixed; not entirely fixed; almost solved; almost fixed; almost resolved;
    somewhat solved; somewhat resolved; solved in part; solved partly; solved partially;
    resolved partly; resolved partially; fixed partly; fixed partially; it is partly solved`,
  matter: `
    my issue; the issue; this issue; our issue; my problem; the problem; this problem; our problem;
    my question; the question; my case; my ticket; the ticket; my request; the bug; everything;
    the agent; the team; your team; your agent; they; he; she; you; you guys; for me; finally; now;
    completely; fully; totally; perfectly; quickly; in the end; eventually; already; it; its;
    it is; it was; that; this; is; was; has been; i am; im; very; all; quick; fast; right away;
    immediately; at last; thankfully; luckily; unfortunately; sadly; im afraid; i am afraid; again;
    still; yet; my; the; so far; for now; at least; and`,
  welcome: `
    please do; go ahead; feel free; that would be great; that would be good; that would be nice;
    that would be helpful; that would help; would be great; sounds good; happy to; id like that;
    i would like that; id love that; id appreciate it; id appreciate that; i would appreciate that;
    i would appreciate it; by all means; any time; anytime; why not; no problem; fine; fine by me;
    fine with me; ok; okay; k; they may; they can; you may; you can; with pleasure; gladly;
    looking forward to it; im ok with that; its ok; its fine; thats fine; thats ok; ok with me;
    ok by me; of course you can; yes please; please; alright; all right; be my guest`,
  unwelcome: `
    no thanks; no thank you; no need; not necessary; no need to; not needed; id rather not;
    rather not; i would rather not; id prefer not; prefer not; please dont; dont; do not;
    dont bother; im good; im fine; im ok; its not necessary; thats not necessary; dont contact me;
    do not contact me; dont call me; do not call me; dont call; no calls; no, thanks;
    no, thank you; no calls please; leave it; better not; not interested; not this time; no its ok;
    no, its ok; no its okay; no, its okay; no its fine; no, its fine; no im good; no, im good;
    no thats ok; no, thats ok; no thats fine; no, thats fine; no, all good; no im fine;
    no, im fine; thats not needed`,
  none: `
    none; nothing; no; nope; nah; nil; n/a; na; nothing to add; nothing else; nothing more;
    nothing comes to mind; nothing really; not really; none really; no comment; no comments;
    no idea; cant think of anything; nothing special; nothing in particular; nothing at all;
    that is all; thats all; thats it; no, thanks; no, thank you; no, nothing; all good`,
};
