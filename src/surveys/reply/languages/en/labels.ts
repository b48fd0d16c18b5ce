/** Labels of the fully labelled scales, in English, with what people write instead. */
import type { Labels } from "../../vocabulary.ts";

export const labels: Labels = {
  ces: {
    1: `
      strongly disagree; totally disagree; completely disagree; fully disagree; disagree strongly;
      disagree completely; absolutely disagree; very strongly disagree; entirely disagree;
      disagree totally`,
    2: "disagree",
    3: `
      somewhat disagree; slightly disagree; disagree somewhat; disagree slightly; disagree a bit;
      disagree a little; partly disagree; partially disagree; rather disagree`,
    4: `
      neutral; neither agree nor disagree; neither; neither nor; neither agree or disagree;
      neither disagree nor agree; neither one nor the other; undecided`,
    5: `
      somewhat agree; slightly agree; agree somewhat; agree slightly; agree a bit; agree a little;
      partly agree; partially agree; kind of agree; sort of agree; kinda agree; rather agree`,
    6: "agree; agreed",
    7: `
      strongly agree; totally agree; completely agree; fully agree; agree strongly;
      agree completely; agree 100%; absolutely agree; very strongly agree; entirely agree;
      agree totally; agree fully; wholeheartedly agree`,
  },
  csat: {
    1: `
      very dissatisfied; very unsatisfied; extremely dissatisfied; totally dissatisfied;
      completely dissatisfied; extremely unsatisfied; totally unsatisfied; completely unsatisfied;
      highly dissatisfied; really dissatisfied; super dissatisfied`,
    2: "dissatisfied; unsatisfied; disatisfied",
    3: `
      neutral; neither satisfied nor dissatisfied; neither; neither nor;
      neither satisfied or dissatisfied; neither dissatisfied nor satisfied;
      neither satisfied nor unsatisfied`,
    4: "satisfied",
    5: `
      very satisfied; extremely satisfied; totally satisfied; completely satisfied;
      fully satisfied; highly satisfied; really satisfied; very very satisfied; super satisfied;
      absolutely satisfied; 100% satisfied; more than satisfied; very much satisfied`,
  },
  expectation: {
    1: `
      much worse; a lot worse; far worse; way worse; much worse than expected;
      a lot worse than expected; far worse than expected; way worse than expected;
      much worse than i expected; a lot worse than i expected; far worse than i expected;
      way worse than i expected; lots worse; much much worse`,
    2: `
      worse; worse than expected; worse than i expected; a bit worse; a bit worse than expected;
      a bit worse than i expected; slightly worse; slightly worse than expected;
      slightly worse than i expected; a little worse; a little worse than expected;
      a little worse than i expected; somewhat worse; somewhat worse than expected;
      somewhat worse than i expected; worse than i thought`,
    3: `
      as expected; as i expected; as i had expected; exactly as expected; exactly as i expected;
      just as expected; just as i expected; about as expected; pretty much as expected;
      much as expected; what i expected; about what i expected; exactly what i expected;
      just what i expected; pretty much what i expected; the same; the same as expected;
      same as expected; same as i expected; same; met expectations; met my expectations;
      meets expectations; meets my expectations; neutral; like expected; like i expected;
      neither better nor worse; neither; no better no worse; as anticipated;
      in line with expectations; in line with my expectations`,
    4: `
      better; better than expected; better than i expected; a bit better;
      a bit better than expected; a bit better than i expected; slightly better;
      slightly better than expected; slightly better than i expected; a little better;
      a little better than expected; a little better than i expected; somewhat better;
      somewhat better than expected; somewhat better than i expected; better than i thought;
      better than i had expected; better than anticipated`,
    5: `
      much better; a lot better; far better; way better; much better than expected;
      a lot better than expected; far better than expected; way better than expected;
      much better than i expected; a lot better than i expected; far better than i expected;
      way better than i expected; lots better; much much better; much better than i thought;
      way better than i thought; a lot better than i thought; far better than i thought`,
  },
  emotion: {
    1: "upset; very upset; really upset; so upset; extremely upset; 😡; 🤬; 😭",
    2: `
      annoyed; a bit annoyed; a little annoyed; slightly annoyed; kind of annoyed; somewhat annoyed`,
    3: `
      neutral; indifferent; no feeling; neither; neither happy nor upset; neither upset nor happy;
      neither happy nor unhappy; 😐`,
    4: "pleased; quite pleased; rather pleased",
    5: `
      happy; very happy; really happy; so happy; extremely happy; super happy; happy as can be; 😀;
      😃; 😄; 😁`,
  },
};
