import { useMutation as useAnyMutation } from "@tanstack/react-query";
import type { DefaultError, UseMutationOptions, UseMutationResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { once } from "./once.ts";

/**
 * TanStack's `useMutation`, whose every act is sent once: a double click does not send it twice, and no second answer takes the
 * place of the first. Everything takes this one; a test holds it.
 */
export function useMutation<Data = unknown, Failure = DefaultError, Variables = void, Context = unknown>(
  options: UseMutationOptions<Data, Failure, Variables, Context>,
): UseMutationResult<Data, Failure, Variables, Context> {
  const mutation = useAnyMutation(options);
  const { mutateAsync } = mutation;
  const acts = useMemo(() => {
    const send = once(mutateAsync);
    const mutate = (...args: Parameters<typeof send>) => {
      // A failure is in the mutation's `error`.
      send(...args).catch(() => undefined);
    };
    return { mutate, mutateAsync: send };
  }, [mutateAsync]);
  return { ...mutation, ...acts };
}
