/** Writes messages until it is killed; prints the number of each once it is kept. A test's child. */
import { writeSync } from "node:fs";
import { openTranscript } from "../../../../adapters/playground/transcript.ts";
import { createLog } from "../../../../src/log.ts";

const transcript = openTranscript(process.argv[2] ?? "", createLog("silent"));
for (let number = transcript.model.messages.size; ; number += 1) {
  const text = `${number} `.repeat(1 + (number % 500));
  transcript.post({ id: `m${number}`, place: "leads", from: "bot", text, status: "saved" });
  writeSync(1, `${number}\n`);
}
