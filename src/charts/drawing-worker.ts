/** The thread that draws: pictures would keep the main thread from its deadlines. */
import { parentPort } from "node:worker_threads";
import type { PictureRequest } from "./compose.ts";
import { type Drawn, drawHere } from "./drawing.ts";

/** Pictures are told apart by their numbers. */
export interface DrawingRequest {
  readonly id: number;
  readonly picture: PictureRequest;
}

export type DrawingResponse =
  | { readonly id: number; readonly kind: "drawn"; readonly drawn: Drawn }
  | { readonly id: number; readonly kind: "failed"; readonly message: string };

function main(): void {
  const port = parentPort;
  if (!port) throw new Error("this file runs in a thread of its own");
  port.on("message", async ({ id, picture }: DrawingRequest) => {
    port.postMessage(await answer(id, picture));
  });
}

async function answer(id: number, picture: PictureRequest): Promise<DrawingResponse> {
  try {
    return { id, kind: "drawn", drawn: await drawHere(picture) };
  } catch (error) {
    return { id, kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

main();
