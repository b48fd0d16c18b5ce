/**
 * Slack's names of the emoji that people answer with: whatever they type or pick, Slack sends
 * `:seven:` for 7️⃣. The core reads the numbers, stars, hands and faces; the others are here so that
 * the leads see what the customer saw, and so that `:100:` is no number. Names are those of
 * https://github.com/iamcal/emoji-data, which Slack's own follow.
 */
const names = `
  0️⃣ zero; 1️⃣ one; 2️⃣ two; 3️⃣ three; 4️⃣ four; 5️⃣ five; 6️⃣ six; 7️⃣ seven; 8️⃣ eight; 9️⃣ nine;
  🔟 keycap_ten; 💯 100; 🔢 1234;
  ⭐ star; 🌟 star2; ✨ sparkles;
  👍 +1; 👍 thumbsup; 👎 -1; 👎 thumbsdown; 👌 ok_hand; 👏 clap; 🙌 raised_hands; 🙏 pray; 💪 muscle;
  👋 wave; 🤝 handshake; 🤞 crossed_fingers; 🤷 shrug; 🙅 no_good; 🙆 ok_woman; 🤦 face_palm;
  ✅ white_check_mark; ✔️ heavy_check_mark; ☑️ ballot_box_with_check; 🆗 ok;
  ❌ x; ✖️ heavy_multiplication_x; ❎ negative_squared_cross_mark; 🚫 no_entry_sign; ⛔ no_entry;
  😀 grinning; 😃 smiley; 😄 smile; 😁 grin; 😆 laughing; 😆 satisfied; 😅 sweat_smile; 😂 joy;
  🤣 rolling_on_the_floor_laughing; 🙂 slightly_smiling_face; 😊 blush; ☺️ relaxed; 😉 wink;
  😍 heart_eyes; 🥰 smiling_face_with_3_hearts; 🤩 star-struck; 🥳 partying_face; 😎 sunglasses;
  😐 neutral_face; 😑 expressionless; 😶 no_mouth; 🤔 thinking_face; 🙄 face_with_rolling_eyes;
  😬 grimacing; 😕 confused; 🙁 slightly_frowning_face; ☹️ white_frowning_face; 😟 worried;
  😞 disappointed; 😔 pensive; 😒 unamused; 😩 weary; 😫 tired_face; 😤 triumph; 😠 angry; 😡 rage;
  🤬 face_with_symbols_on_mouth; 🤬 serious_face_with_symbols_covering_mouth; 😢 cry; 😭 sob;
  😱 scream; 😴 sleeping; 💩 hankey; 💩 poop;
  ❤️ heart; 💔 broken_heart; 💙 blue_heart; 💚 green_heart; 🎉 tada; 🔥 fire; 🚀 rocket; 🐌 snail;
  🐢 turtle; 👀 eyes; 💡 bulb; 🐛 bug; ⏳ hourglass_flowing_sand`;

/** Name without colons → the emoji. */
export const emojiByName: ReadonlyMap<string, string> = new Map(
  names.split(";").map((entry) => {
    const [emoji = "", name = ""] = entry.trim().split(" ");
    return [name, emoji] as const;
  }),
);
