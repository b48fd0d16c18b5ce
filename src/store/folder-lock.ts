import type { AppError } from "../errors.ts";
export async function lockFolder(
  _folder: string,
  _options: { onLost: (error: AppError) => void },
): Promise<{ release(): Promise<void> }> {
  return { release: async () => {} };
}
