/** Lists that Slack gives page by page. */
import { z } from "zod";

/** What each page of a list carries besides its entries. */
export const paged = {
  response_metadata: z
    .object({ next_cursor: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
};

type Page = z.infer<z.ZodObject<typeof paged>>;

/** The pages of a list, one after another, at most `most`; `ask` asks for the one at the cursor. */
export async function* pagesOf<P extends Page>(
  most: number,
  ask: (at: { readonly cursor?: string }) => Promise<P>,
): AsyncGenerator<P> {
  let at: { readonly cursor?: string } = {};
  for (let count = 0; count < most; count += 1) {
    const page = await ask(at);
    yield page;
    const cursor = page.response_metadata?.next_cursor;
    if (!cursor) return;
    at = { cursor };
  }
}
