/** Takes the lock of a folder, says so, and keeps it: node hold-lock.ts FOLDER */
import { lockFolder } from "../../../src/store/folder-lock.ts";

await lockFolder(process.argv[2] ?? "", () => process.exit(1));
process.stdout.write("held\n");
setInterval(() => {}, 1_000);
