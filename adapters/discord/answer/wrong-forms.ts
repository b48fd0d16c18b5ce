/**
 * Forms that were sent with something wrong in them. Discord shows no form as the answer to a form, so
 * whoever wrote is told what is wrong, with a button: pressed, it opens what they wrote, and nothing is
 * lost. Kept for a while and only here: after a restart the form opens as the core knows it.
 */
import type { Form } from "../../../src/platform.ts";

/** In milliseconds: whoever looks something up first still finds it. */
const HOLD_MS = 60 * 60 * 1000;
const MOST = 500;

export interface WrongForms {
  keep(userId: string, form: Form): void;
  /** What they wrote last into the form that this token sends. */
  find(userId: string, token: string): Form | undefined;
  forget(userId: string, token: string): void;
}

export function createWrongForms(now: () => number): WrongForms {
  const kept = new Map<string, { readonly form: Form; readonly at: number }>();
  const keyOf = (userId: string, token: string) => `${userId} ${token}`;
  return {
    keep(userId, form) {
      const key = keyOf(userId, form.submit.token);
      kept.delete(key);
      kept.set(key, { form, at: now() });
      for (const [oldest, { at }] of kept) {
        if (kept.size <= MOST && now() - at < HOLD_MS) break;
        kept.delete(oldest);
      }
    },
    find(userId, token) {
      const known = kept.get(keyOf(userId, token));
      return known !== undefined && now() - known.at < HOLD_MS ? known.form : undefined;
    },
    forget: (userId, token) => void kept.delete(keyOf(userId, token)),
  };
}
