import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { errorCode, isSignedOut } from "./errors.ts";
import { announceSignedOut } from "./session-events.ts";

function tellSignedOut(error: unknown): void {
  if (isSignedOut(error)) {
    announceSignedOut();
  }
}

/** Only silence is worth a second try: whatever the server answered, it would answer again. */
function shouldRetry(failures: number, error: unknown): boolean {
  return errorCode(error) === undefined && failures < 2;
}

/** The cache of everything read. Answers stay fresh for 15 s; a mutation invalidates what it changed. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: tellSignedOut }),
    mutationCache: new MutationCache({ onError: tellSignedOut }),
    defaultOptions: {
      queries: { staleTime: 15_000, gcTime: 5 * 60_000, retry: shouldRetry, retryDelay: 500 },
      mutations: { retry: false },
    },
  });
}
